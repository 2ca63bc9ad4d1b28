/* Putting a text where it can be pasted from. */
import { texts } from '../i18n/texts';
import { toast } from '../store/toasts';

const t = texts({ copied: 'Copied.', failed: 'The browser did not let it be copied. Mark it and copy it by hand.' });

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

const copy = async (text: string) => navigator.clipboard?.writeText(text).catch(() => copyByHand(text)) ?? copyByHand(text);

export const copyText = (text: string, done = t('copied')): Promise<void> =>
  copy(text).then(
    () => toast(done, 'good'),
    () => toast(t('failed'), 'bad'),
  );
