// embed_assets.mjs OUT.c DIR: writes the built dashboard as a table in C: each file with its type, its entity tag, and its bytes as they are, with gzip and with brotli.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};
// In the order of sp_asset_e.
const CODINGS = [
  (bytes) => bytes,
  (bytes) => gzipSync(bytes, { level: 9 }),
  (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
];

function filesOf(dir, below = '') {
  return readdirSync(path.join(dir, below), { withFileTypes: true }).flatMap((e) => (e.isDirectory() ? filesOf(dir, `${below}${e.name}/`) : [below + e.name]));
}

/** String literals compile many times faster than lists of numbers. Three digits each, so that none takes in the next. */
function literal(bytes) {
  const lines = [];
  for (let at = 0; at < bytes.length; at += 64) lines.push(`    "${Array.from(bytes.subarray(at, at + 64), (b) => `\\${b.toString(8).padStart(3, '0')}`).join('')}"`);
  return lines.join('\n') || '    ""';
}

function typeOf(name) {
  const type = TYPES[path.extname(name)];
  if (!type) throw new Error(`${name}: scripts/embed_assets.mjs knows no content type for it`);
  if (!/^[\w.-]+(\/[\w.-]+)?$/.test(name)) throw new Error(`${name}: not a name that needs no escape in an address`);
  return type;
}

function rowOf(dir, name, n, arrays) {
  const bytes = readFileSync(path.join(dir, name));
  const variants = CODINGS.map((encode, coding) => {
    const encoded = encode(bytes);
    if (coding && encoded.length >= bytes.length) return '{NULL, 0}';
    arrays.push(`static const char bytes_${n}_${coding}[] =\n${literal(encoded)};\n`);
    return `{bytes_${n}_${coding}, ${encoded.length}}`;
  });
  const tag = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  return `    {"/${name}", "${typeOf(name)}", "${tag}", {${variants.join(', ')}}},`;
}

const [out, dir] = process.argv.slice(2);
const arrays = [];
const rows = filesOf(dir).sort().map((name, n) => rowOf(dir, name, n, arrays));
if (!rows.length) throw new Error(`${dir}: there is no file in it`);
writeFileSync(out, `#include <stddef.h>\n\n#include "assets.h"\n\n${arrays.join('\n')}\nconst sp_asset_t sp_assets[] = {\n${rows.join('\n')}\n    {NULL, NULL, NULL, {{NULL, 0}, {NULL, 0}, {NULL, 0}}},\n};\n`);
