/* The reader's locale, in one place. */
export const LOCALES: readonly string[] = typeof navigator === 'undefined' ? ['en'] : navigator.languages;
