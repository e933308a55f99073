import { DEFAULTS } from '../../src/config/config.ts';
import type { StagingEvidence } from '../../src/gitops/staging.ts';
import { NO_SURROUNDINGS } from '../../src/gitops/surroundings.ts';
import type { Knowledge } from '../../src/rule/knowledge.ts';
import type { WholeCommit } from '../../src/rule/rule.ts';
import { at, items, type Node, Source, scalar, text } from '../../src/yaml/node.ts';
import { parse } from '../../src/yaml/parse.ts';

/** What rules may know, where a test says nothing else: the defaults, no DNS records, and no word about staging. */
export function knowledge(known: Partial<Knowledge> = {}): Knowledge {
  return {
    config: DEFAULTS,
    dns: { records: [], zones: [], externalDns: [], incomplete: [] },
    staging: { of: () => ({ state: 'unknown', reason: 'nothing is known of staging here' }) },
    apis: { versions: [], atRisk: [] },
    schemas: { of: () => undefined, misfits: () => [] },
    here: NO_SURROUNDINGS,
    before: NO_SURROUNDINGS,
    changed: new Set(),
    neighbours: [],
    clients: [],
    issuers: [],
    ...known,
  };
}

/**
 * What the `knowledge` fence of a page says: `staging` is the evidence for every tag, `families` those of images, `allowances` how many there may be,
 * `reverts` the commit that the example takes back.
 */
export function knowledgeOf(
  fence: string | undefined,
): Pick<Knowledge, 'config' | 'staging'> & Pick<WholeCommit, 'reverts'> {
  const { config, staging } = knowledge();
  const [root] = parse(new Source('knowledge', fence ?? ''), 'kubectl').documents;
  const families = items(at(root, 'families')).map(strings);
  const evidence = evidenceOf(at(root, 'staging'));
  const most = Number(scalar(at(root, 'allowances')) ?? 'none');
  const oid = text(root, 'reverts');
  return {
    config: { ...config, images: { families }, ...(Number.isNaN(most) ? {} : { allowances: { most } }) },
    staging: evidence === undefined ? staging : { of: () => evidence },
    reverts: oid === undefined ? undefined : { oid, tree: '', parents: [], subject: '', body: '', date: '' },
  };
}

function evidenceOf(node: Node | undefined): StagingEvidence | undefined {
  const sibling = text(node, 'sibling') ?? '';
  switch (text(node, 'state')) {
    case 'met':
      return {
        state: 'met',
        stay: { sibling, since: undefined, until: undefined, takenBack: false, minutes: undefined },
      };
    case 'unmet':
      return { state: 'unmet', sibling, tags: strings(at(node, 'tags')), stay: undefined };
    default:
      return undefined;
  }
}

function strings(node: Node | undefined): string[] {
  return items(node).flatMap(item => text(item) ?? []);
}
