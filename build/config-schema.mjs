// Compiles schemas/config.schema.json to src/config/validate.generated.js, so that no schema compiler is shipped or
// started. `--check` changes nothing and fails where the file on disk is not what the schema gives.
import { readFile, writeFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';

const SCHEMA = new URL('../schemas/config.schema.json', import.meta.url);
const CODE = new URL('../src/config/validate.generated.js', import.meta.url);

const ajv = new Ajv2020({ allErrors: true, verbose: true, code: { source: true, esm: true, lines: true } });
const validate = ajv.compile(JSON.parse(await readFile(SCHEMA, 'utf8')));
const code = `// Generated from schemas/config.schema.json by build/config-schema.mjs.\n${standalone.default(ajv, validate)}`;

if (process.argv.includes('--check')) {
  if ((await readFile(CODE, 'utf8')) !== code) throw new Error('src/config/validate.generated.js is not in sync');
} else {
  await writeFile(CODE, code);
}
