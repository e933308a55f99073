import { configErrorAt } from '../config/error.ts';
import type { Tree } from '../git/tree.ts';
import { fieldPath } from '../kubernetes/field-path.ts';
import { idKey } from '../kubernetes/object.ts';
import type { Finding } from '../rule/finding.ts';
import { decode } from '../yaml/decode.ts';
import { at, type Node, type Source, text } from '../yaml/node.ts';
import { parse } from '../yaml/parse.ts';

/** The findings that were there when a team began, so that only later ones are reported. In the root of the tree. */
export const BASELINE_FILE = '.deploy-lint-baseline.yaml';

/** A finding by rule, unit, object and field, in one text; lines and values do not count. */
export type Baseline = ReadonlySet<string>;

interface Entry {
  readonly rule: string;
  readonly unit: string;
  /** `apps/Deployment shop/web`, or the file where no object is concerned. */
  readonly object: string;
  /** `spec.containers[web].image`; the message where no object is concerned. */
  readonly field: string;
}

/** The baseline that a tree holds; undefined where it holds none. Throws `ConfigError` and `ContentError`. */
export async function baselineOf(tree: Tree): Promise<Baseline | undefined> {
  const entry = await tree.entry(BASELINE_FILE);
  return entry === undefined ? undefined : parseBaseline(decode(BASELINE_FILE, await tree.read(entry)).source);
}

/** An empty text knows nothing. Throws `ConfigError` for what is none: half a baseline would report what is known. */
export function parseBaseline(source: Source): Baseline {
  const { documents, problems } = parse(source, 'kustomize');
  const [broken] = problems;
  if (broken !== undefined) throw configErrorAt(broken.span, broken.message);
  const [root] = documents;
  if (root === undefined) return new Set();
  const findings = at(root, 'findings');
  if (findings?.kind !== 'seq') throw configErrorAt(root.span, 'the list findings: is missing', REWRITE);
  return new Set(findings.items.map(item => keyOf(entryOf(item))));
}

function entryOf(node: Node): Entry {
  const [rule, unit, object, field] = ['rule', 'unit', 'object', 'field'].map(key => text(node, key));
  if (rule === undefined || unit === undefined || object === undefined || field === undefined) {
    throw configErrorAt(node.span, 'an entry of the baseline is rule, unit, object and field', REWRITE);
  }
  return { rule, unit, object, field };
}

const REWRITE = 'deploy-lint --all --write-baseline writes the file anew.';

/** A finding is known where the baseline has each of its places. */
export function isKnown(finding: Finding, baseline: Baseline | undefined): boolean {
  return baseline !== undefined && entriesOf(finding).every(entry => baseline.has(keyOf(entry)));
}

/** The file for these findings: sorted, an entry a line, so that a diff shows what came and went. */
export function printBaseline(findings: readonly Finding[]): string {
  const lines = new Set(findings.flatMap(entriesOf).map(entry => `  - ${JSON.stringify(entry)}`));
  return [
    '# What deploy-lint found when this file was written, and does not report.',
    `# ${REWRITE}`,
    lines.size === 0 ? 'findings: []' : 'findings:',
    ...[...lines].sort(),
    '',
  ].join('\n');
}

function entriesOf({ rule, message, span, sightings }: Finding): Entry[] {
  const file = { object: span.source.file, field: message.replace(/\b\d+:\d+\b/g, 'line:column') };
  if (sightings.length === 0) return [{ rule, unit: '', ...file }];
  return sightings.map(({ unit, field }) =>
    field === undefined
      ? { rule, unit, ...file }
      : { rule, unit, object: idKey(field.object.id), field: fieldPath(field.object.root, field.path) },
  );
}

function keyOf({ rule, unit, object, field }: Entry): string {
  return JSON.stringify([rule, unit, object, field]);
}
