import { describe, expect, it } from 'vitest';
import { at, toJson } from '../../src/yaml/node.ts';
import { canonical, canonicalText, golden, read } from './golden.ts';

/**
 * What kubectl 1.32.4 and its kustomize 5.5.0 made of `v: <yaml>` in the `spec` of an object, as JSON or `refused`:
 * `kubectl annotate --local -f x.yaml z=z -o json --kubeconfig=/dev/null`, and the same of what `kubectl kustomize` wrote.
 */
interface Row {
  readonly yaml: string;
  readonly kubectl: string;
  readonly kustomize: string;
}

const ROWS = golden('scalars.jsonl') as Row[];

/** Where kustomize refuses what it wrote itself. */
const KUSTOMIZE_ONLY_REFUSES = new Set(['"\\x7f"', '{!!binary aGk=: a}']);

describe.each(['kubectl', 'kustomize'] as const)('A12 a value as %s reads it', dialect => {
  const rows = ROWS.filter(row => dialect === 'kubectl' || !KUSTOMIZE_ONLY_REFUSES.has(row.yaml));

  it.each(rows.filter(row => row[dialect] !== 'refused'))('$yaml', row => {
    const { documents, problems } = read(inObject(row.yaml), dialect);
    const value = at(documents[0], 'spec', 'v');
    expect(value && canonical(toJson(value)), problems.join()).toBe(canonicalText(row[dialect]));
  });

  it.each(rows.filter(row => row[dialect] === 'refused'))('$yaml is refused', row => {
    const { codes } = read(inObject(row.yaml), dialect);
    expect(codes.filter(code => code === 'yaml-does-not-parse' || code === 'duplicate-key')).not.toEqual([]);
  });
});

function inObject(yaml: string): string {
  return `apiVersion: example.com/v1\nkind: Foo\nmetadata:\n  name: x\nspec:\n  v: ${yaml}\n`;
}
