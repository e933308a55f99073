import { isUtf8 } from 'node:buffer';
import { at, items, type Node, Source, type Span } from '../yaml/node.ts';
import type { Problem } from '../yaml/problem.ts';
import type { Budget } from './budget.ts';
import { baseName } from './paths.ts';
import { pathOfFileSource } from './references.ts';
import { scalarText } from './resource.ts';
import type { Target } from './target.ts';

/** One key of a generated ConfigMap or Secret. */
export interface Pair {
  readonly key: string;
  /** Text; bytes where the file is no UTF-8. */
  readonly value: string | Buffer;
  /** Where the value is: the literal, the line of the env file, the start of the file. */
  readonly span: Span;
}

/** What a generator reads from and where its mistakes go. */
export interface Sources {
  readonly targets: ReadonlyMap<string, Target>;
  readonly problems: Problem[];
  readonly budget: Budget;
}

/** The pairs of a generator in kustomize's order: env files, literals, files. */
export function pairsOf(entry: Node, sources: Sources): Pair[] {
  const env = at(entry, 'env');
  const pairs = [
    ...[...items(at(entry, 'envs')), ...(env === undefined ? [] : [env])].flatMap(path => envPairs(path, sources)),
    ...items(at(entry, 'literals')).flatMap(literal => literalPair(literal, sources)),
    ...items(at(entry, 'files')).flatMap(file => filePair(file, sources)),
  ];
  const seen = new Set<string>();
  return pairs.filter(({ key, span }) => {
    const isNew = !seen.has(key);
    seen.add(key);
    const message = `the generator has the key ${key} twice`;
    if (!isNew) sources.problems.push({ code: 'kustomization-refused', message, span });
    return isNew;
  });
}

function literalPair(literal: Node, { problems }: Sources): Pair[] {
  const source = scalarText(literal);
  const equals = source.indexOf('=');
  if (equals <= 0) {
    const message = 'a literal is key=value';
    problems.push({ code: 'kustomization-refused', message, span: literal.span });
    return [];
  }
  return [{ key: source.slice(0, equals), value: withoutQuotes(source.slice(equals + 1)), span: literal.span }];
}

function withoutQuotes(text: string): string {
  const first = text[0];
  const isQuoted = text.length >= 2 && first === text.at(-1) && (first === '"' || first === "'");
  return isQuoted ? text.slice(1, -1) : text;
}

function filePair(file: Node, { targets, problems, budget }: Sources): Pair[] {
  const source = scalarText(file);
  const [key, path, ...more] = source.includes('=') ? source.split('=') : [baseName(source), source];
  if (!key || !path || more.length > 0) {
    const message = `${source} is neither a path nor key=path`;
    problems.push({ code: 'kustomization-refused', message, span: file.span });
    return [];
  }
  const target = targets.get(pathOfFileSource(source));
  if (target?.kind !== 'file') return [];
  budget.spendText(target.bytes.length, 1, file.span);
  const text = textOf(target.bytes);
  const span = startOf(target.path, text ?? '');
  return [{ key, value: text ?? target.bytes, span }];
}

function envPairs(path: Node, { targets, problems, budget }: Sources): Pair[] {
  const target = targets.get(scalarText(path));
  if (target?.kind !== 'file') return [];
  const refuse = (message: string, span: Span) => problems.push({ code: 'kustomization-refused', message, span });
  budget.spendText(target.bytes.length, 1, path.span);
  const content = textOf(target.bytes);
  if (content === undefined) {
    refuse(`${target.path} is not UTF-8`, path.span);
    return [];
  }
  const source = new Source(target.path, content);
  const pairs: Pair[] = [];
  let start = 0;
  for (const raw of content.split('\n')) {
    const line = raw.replace(/\r$/, '').replace(/^\uFEFF?\s*/u, '');
    const end = start + raw.replace(/\r$/, '').length;
    const equals = line.indexOf('=');
    const key = equals < 0 ? line : line.slice(0, equals);
    const span = { source, start: end - line.length + (equals < 0 ? 0 : equals + 1), end };
    start += raw.length + 1;
    if (line === '' || line.startsWith('#')) continue;
    pairs.push({ key, value: equals < 0 ? '' : line.slice(equals + 1), span });
  }
  return pairs;
}

/** The bytes as text with any byte order mark; undefined where they are not UTF-8. */
function textOf(bytes: Buffer): string | undefined {
  return isUtf8(bytes) ? bytes.toString('utf8') : undefined;
}

function startOf(path: string, text: string): Span {
  return { source: new Source(path, text), start: 0, end: Math.min(text.length, 1) };
}

/** A value as a Secret holds it: base64, from 70 characters on in lines of 70. */
export function base64Lines(value: string | Buffer): string {
  const encoded = Buffer.from(value).toString('base64');
  return encoded.length < 70 ? encoded : encoded.replace(/.{1,70}/g, line => `${line}\n`);
}
