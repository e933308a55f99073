import { readFileSync, writeFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';
import { parse } from 'yaml';

const TABLE = new URL('../rules/risk-table.yaml', import.meta.url);
const SCHEMA = new URL('../schemas/risk-table.schema.json', import.meta.url);
const MODULE = new URL('../src/risk/table.generated.ts', import.meta.url);

/** The module that holds the risk table, so that a run need not read YAML. Throws where the table breaks its schema. */
export function printRiskTable() {
  const table = parse(readFileSync(TABLE, 'utf8'));
  const validate = new Ajv2020({ allErrors: true }).compile(JSON.parse(readFileSync(SCHEMA, 'utf8')));
  if (!validate(table)) {
    const errors = (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
    throw new Error(`rules/risk-table.yaml breaks its schema:\n${errors.join('\n')}`);
  }
  return [
    '// Printed by build/risk-table.mjs from rules/risk-table.yaml; `npm run generate` prints it again.',
    "import type { RiskTable } from './table.ts';",
    '',
    'export const RISK_TABLE: RiskTable = {',
    ...Object.entries(table).flatMap(([field, rows]) => [
      `  ${field}: [`,
      ...rows.map(row => `    ${JSON.stringify(row)},`),
      '  ],',
    ]),
    '};',
    '',
  ].join('\n');
}

if (process.argv[1] === new URL(import.meta.url).pathname) writeFileSync(MODULE, printRiskTable());
