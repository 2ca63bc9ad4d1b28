// Leaves out of React's tables of names (attributes of SVG, events, styles) those that no file of the page has a word for: they are a kilobyte, and most are of elements that are nowhere in it.
import fs from 'node:fs';
import path from 'node:path';

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
const camelCase = (word: string) => word.replace(/[-:](.)/g, (_, letter: string) => letter.toUpperCase());

/** Where each stands in react-dom, and how the page would write a name of it. */
const LISTS: { at: RegExp; written: (name: string) => string }[] = [
  { at: /(?<=")accent-height [^"]+(?=")/g, written: camelCase },
  { at: /(?<=")abort auxClick [^"]+(?=")/g, written: (name) => `on${capital(name)}` },
  { at: /(?<=")allowFullScreen async [^"]+(?=")/g, written: (name) => name },
];
const UNITLESS = /(?<=\bpb=\{)animationIterationCount:!0,[^}]+(?=\})/g;

function wordsBelow(folder: string): Set<string> {
  const files = fs.readdirSync(folder, { withFileTypes: true });
  const words = files.flatMap((file) => {
    const name = path.join(folder, file.name);
    return file.isDirectory() ? [...wordsBelow(name)] : /\.tsx?$/.test(name) ? (fs.readFileSync(name, 'utf8').match(/\w+/g) ?? []) : [];
  });
  return new Set(words);
}

function replaceOnce(code: string, at: RegExp, by: (found: string) => string): string {
  if (code.match(at)?.length !== 1) throw new Error(`react-dom has no table at ${String(at)}: not the one that this was written for`);
  return code.replace(at, by);
}

/** code: of react-dom; source: the folder of the page's files. */
export function withoutUnusedNames(code: string, source: string): string {
  const words = wordsBelow(source);
  const some = (names: string[], kept: (name: string) => boolean, between: string) => names.filter((name, i) => i === 0 || kept(name)).join(between);
  const shortened = LISTS.reduce((text, { at, written }) => replaceOnce(text, at, (found) => some(found.split(' '), (name) => words.has(written(name)), ' ')), code);
  return replaceOnce(shortened, UNITLESS, (found) => some(found.split(','), (pair) => words.has(pair.split(':')[0]!.trim()), ','));
}
