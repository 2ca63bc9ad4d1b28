import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withoutUnusedCode } from './react-unused';

const folder = path.dirname(createRequire(import.meta.url).resolve('react-dom/package.json'));
const code = readFileSync(path.join(folder, 'cjs/react-dom.production.min.js'), 'utf8');

describe('withoutUnusedCode', () => {
  let source = '';
  beforeEach(() => {
    source = mkdtempSync(path.join(tmpdir(), 'page-'));
  });
  afterEach(() => rmSync(source, { recursive: true }));

  it('is code that can be read, whatever it leaves out', () => expect(() => new Function('exports', 'require', withoutUnusedCode(code, source))).not.toThrow());
  it('refuses a react-dom that is not the one it was written for', () => {
    expect(() => withoutUnusedCode(code.replace('ia=!("undefined"', 'ib=!("undefined"'), source)).toThrow('not the one that this was written for');
    expect(() => withoutUnusedCode(code + code, source)).toThrow('not the one that this was written for');
  });
  it.each(['createContext', 'dangerouslySetInnerHTML', 'onSelect', 'componentDidCatch', 'hydrateRoot', 'keyCode'])('refuses a page that names %s', (name) => {
    writeFileSync(path.join(source, 'View.tsx'), `export const one = ${name};`);
    expect(() => withoutUnusedCode(code, source)).toThrow(name);
  });
});
