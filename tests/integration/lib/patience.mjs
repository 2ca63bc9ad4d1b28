// How tests wait: for what they want to see, and so long that it is never the machine's slowness that ends them.

/** For what comes in a moment: ends a wait with a reason, and is never what a test measures, as a machine may be slow, or stand still for a while. */
export const PATIENCE_MS = 60_000;
/** Who waits for a turn on a server of these tests waits for PATIENCE_MS: an answer that came sooner than this did not wait for one. */
export const PROMPT_MS = PATIENCE_MS / 2;
/** A group of tests that does not come to its end is told by its name, and its servers are stopped, long before the time of all groups is over. */
export const HANGS_MS = 900_000;

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** What check() gives as soon as it is something. */
export async function until(what, check, ms = PATIENCE_MS) {
  for (const end = Date.now() + ms; ; ) {
    const value = await check();
    if (value) return value;
    if (Date.now() > end) throw new Error(`waited ${ms} ms for ${what}`);
    await pause(25);
  }
}
