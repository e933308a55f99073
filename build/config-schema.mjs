// Compiles the schemas of the configuration and of policies to modules, so that no schema compiler is shipped or started.
// `--check` changes nothing and fails where a file on disk is not what the schema gives.
import { readFile, writeFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';

const MODULES = {
  'config.schema.json': '../src/config/validate.generated.js',
  'policy.schema.json': '../src/policy/cel/validate.generated.js',
};

const ajv = new Ajv2020({ allErrors: true, verbose: true, code: { source: true, esm: true, lines: true } });
for (const name of Object.keys(MODULES)) {
  ajv.addSchema(JSON.parse(await readFile(new URL(`../schemas/${name}`, import.meta.url), 'utf8')), name);
}
for (const [name, path] of Object.entries(MODULES)) {
  const made = standalone.default(ajv, ajv.getSchema(name));
  const code = `// Generated from schemas/${name} by build/config-schema.mjs.\n${made}`;
  const file = new URL(path, import.meta.url);
  if (!process.argv.includes('--check')) await writeFile(file, code);
  else if ((await readFile(file, 'utf8')) !== code) throw new Error(`${path} is not in sync`);
}
