import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { type Json, Source, toJson } from '../../src/yaml/node.ts';
import { parse } from '../../src/yaml/parse.ts';
import { isTemplated } from '../../src/yaml/template.ts';
import { filesOf, NONE, repositories } from '../support/corpus.ts';

/** The reference is slow. */
const LARGEST = 100_000;

describe('the corpus beside the checkout, when present', () => {
  const isThere = repositories.length > 0;
  it.skipIf(!isThere).each(isThere ? repositories : NONE)(
    '%s reads as the yaml package reads it, but for what kustomize reads otherwise',
    { timeout: 600_000 },
    repository => {
      const differing: string[] = [];
      for (const [path, text] of Object.entries(filesOf(repository))) {
        if (!/\.(?:ya?ml|json)$/.test(path) || text.length > LARGEST) continue;
        const difference = differenceOf(text);
        if (difference !== undefined) differing.push(`${path}: ${difference}`);
      }
      expect(differing).toEqual([]);
    },
  );
});

function differenceOf(text: string): string | undefined {
  const { documents, problems } = parse(new Source('a.yaml', text), 'kustomize');
  const [problem] = problems;
  if (isTemplated(text)) return problem === undefined ? 'reads as YAML, and looks like a template' : undefined;
  if (problem !== undefined) return problem.message;
  const reference = [...parseAllDocuments(text, { merge: true, logLevel: 'silent' })];
  const [error] = reference.flatMap(document => document.errors);
  // libyaml takes any indentation inside brackets and quotes.
  if (error !== undefined)
    return /indented|closing 'quote/.test(error.message) ? undefined : `the reference says: ${error.message}`;
  const values = reference.map(document => document.toJS({ maxAliasCount: -1 })).filter(value => value !== null);
  return difference(documents.map(toJson), values, '');
}

function difference(ours: Json, theirs: unknown, path: string): string | undefined {
  if (Object.is(ours, theirs) || isKnown(ours, theirs)) return undefined;
  if (ours === null || theirs === null || typeof ours !== 'object' || typeof theirs !== 'object') {
    return `${path} is ${JSON.stringify(ours)}, not ${JSON.stringify(theirs)}`;
  }
  const [a, b] = [new Map(Object.entries(ours)), new Map(Object.entries(theirs))];
  for (const key of new Set([...a.keys(), ...b.keys()])) {
    const [left, right] = [a.get(key), b.get(key)];
    if (left === undefined || right === undefined) return `${path}/${key} is on one side only`;
    const found = difference(left, right, `${path}/${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `0644` is octal to kubectl and kustomize; kustomize adds no line feed to a block at the end of a file without one. */
function isKnown(ours: Json, theirs: unknown): boolean {
  if (typeof ours === 'number' && typeof theirs === 'number') return ours === Number.parseInt(String(theirs), 8);
  return typeof ours === 'string' && theirs === `${ours}\n`;
}
