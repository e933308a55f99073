// Prints the style and the script of the explanation's page as a module, since the page carries both in itself.
import { readFileSync } from 'node:fs';

const FOLDER = new URL('../src/report/html/', import.meta.url);

export function printPageAssets() {
  const text = name => readFileSync(new URL(name, FOLDER), 'utf8');
  const parts = { STYLE: text('page.css'), SCRIPT: text('page.js') };
  for (const [name, part] of Object.entries(parts)) {
    if (/<\/(?:style|script)|<!--/i.test(part)) throw new Error(`${name} would end its own element`);
  }
  const lines = Object.entries(parts).map(([name, part]) => `export const ${name} = ${JSON.stringify(part)};\n`);
  return `// Generated from page.css and page.js by build/page-assets.mjs.\n${lines.join('')}`;
}
