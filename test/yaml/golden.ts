import { readFileSync } from 'node:fs';
import { type Json, Source, toJson } from '../../src/yaml/node.ts';
import { type Dialect, parse } from '../../src/yaml/parse.ts';

/** The lines of a JSON Lines file beside this one. */
export function golden(file: string): unknown[] {
  return readFileSync(new URL(file, import.meta.url), 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line));
}

export function read(text: string, dialect: Dialect = 'kubectl') {
  const source = new Source('a.yaml', text);
  const { documents, problems } = parse(source, dialect);
  return {
    source,
    documents,
    values: documents.map(toJson),
    codes: problems.map(problem => problem.code),
    problems: problems.map(({ code, message, span }) => {
      const { line, column } = source.position(span.start);
      return `${line}:${column} ${code}: ${message}`;
    }),
  };
}

/** JSON text in one form: sorted keys, and numbers as the decimal text of what they are. */
export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return String(Number.isSafeInteger(value) ? BigInt(value) : value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${canonical(entry)}`).join()}}`;
}

/** The same for JSON that another program wrote, whose integers a double may not hold. */
export function canonicalText(json: string): string {
  const exact = json.replace(/"(?:[^"\\]|\\.)*"|-?[0-9][-+.0-9eE]*/g, token =>
    token.startsWith('"') ? token : JSON.stringify(`${NUMBER}${decimal(token)}`),
  );
  return canonical(JSON.parse(exact)).replaceAll(new RegExp(`"${NUMBER}([^"]*)"`, 'g'), '$1');
}

const NUMBER = 'number ';

function decimal(token: string): string {
  const isInt64 = /^-?[0-9]+$/.test(token) && BigInt.asIntN(64, BigInt(token)) === BigInt(token);
  return isInt64 ? String(BigInt(token)) : canonical(Number(token));
}
