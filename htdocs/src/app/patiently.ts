/* Loading a part of the page from a server that may be away. */
export type Load<T> = () => Promise<T>;

const AGAIN_MS = 2000;

export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits for a server that is away. One that is there, and does not have the part, is of a newer version: that is for the reader to know. */
export async function patiently<T>(load: Load<T>, isServerThere: () => Promise<boolean>): Promise<T> {
  for (let wasThere = false; ; await pause(AGAIN_MS)) {
    try {
      return await load();
    } catch (cause) {
      if (wasThere) throw cause;
      wasThere = await isServerThere();
    }
  }
}
