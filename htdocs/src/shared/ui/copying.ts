/* Putting a text where it can be pasted from. */

/** The older way, for pages that come without TLS, where browsers have no other. */
function copyByHand(text: string): void {
  const take = (event: ClipboardEvent) => {
    event.preventDefault();
    /* Before anything else that listens, such as an extension. */
    event.stopImmediatePropagation();
    event.clipboardData?.setData('text/plain', text);
  };
  document.addEventListener('copy', take, true);
  const isDone = document.execCommand('copy');
  document.removeEventListener('copy', take, true);
  if (!isDone) throw new Error('the browser refused');
}

export async function copyText(text: string): Promise<void> {
  await (navigator.clipboard?.writeText(text).catch(() => copyByHand(text)) ?? copyByHand(text));
}
