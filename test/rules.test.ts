import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import rules from '../rules/index.ts';
import { compareSides, type Side, standingUnits } from '../src/change/compare-sides.ts';
import { type Config, DEFAULTS } from '../src/config/config.ts';
import { messageOf } from '../src/git/message.ts';
import { rendererOf } from '../src/gitops/build-options.ts';
import { gatherDns } from '../src/gitops/dns-records.ts';
import { objectsAtRisk, statedKubernetes } from '../src/gitops/gather-apis.ts';
import { mapRepository } from '../src/gitops/map.ts';
import { renderUnit } from '../src/gitops/render-unit.ts';
import { gatherSurroundings, NO_SURROUNDINGS } from '../src/gitops/surroundings.ts';
import { markedTexts } from '../src/policy/comments.ts';
import { policyChanges } from '../src/policy/guard.ts';
import { review } from '../src/policy/review.ts';
import { gatherClients, gatherIssuers, gatherNeighbours, gatherSchemas } from '../src/risk/gather.ts';
import type { Finding } from '../src/rule/finding.ts';
import type { Rule, UnitState, WholeCommit } from '../src/rule/rule.ts';
import { checkChanges, checkCommit, checkState, settled } from '../src/rule/run.ts';
import { Source } from '../src/yaml/node.ts';
import { MISTAKES } from '../src/yaml/problem.ts';
import { knowledgeOf } from './support/knowledge.ts';
import { changedFiles, memoryTree } from './support/memory-tree.ts';
import { type Example, examplesOf } from './support/page-examples.ts';

const HOME = resolve(import.meta.dirname, '..');

/** Runs one rule over an example, which is a small repository before and after a commit. */
async function findingsOf(rule: Rule, example: Example): Promise<readonly Finding[]> {
  const { config, staging, reverts } = knowledgeOf(example.knowledge);
  const [before, after] = [await sideOf(example.before, config), await sideOf(example.after, config)];
  const files = changedFiles(example.before, example.after);
  const changes = example.isCommit ? await compareSides(before, after, files) : await standingUnits(after);
  const states = await statesOf(example.after, config);
  const terraform = Object.entries(example.after).filter(([path]) => path.endsWith('.tf'));
  const dns = gatherDns({
    terraform: [terraform.map(([path, content]) => new Source(path, content))],
    objects: states.flatMap(state => state.rendered.objects),
    lists: [],
    zones: [],
  });
  const apis = {
    versions: await statedKubernetes(after.map),
    atRisk: await objectsAtRisk(after.map, after.renderer),
  };
  const changed = new Set(files.map(file => file.path));
  const surroundings = ({ map }: Side, side: 'before' | 'after') => {
    const units = changes.flatMap(({ unit, [side]: rendered }) => (rendered === undefined ? [] : [{ unit, rendered }]));
    return gatherSurroundings(map, units, config, path => !example.isCommit || changed.has(path));
  };
  const here = await surroundings(after, 'after');
  const there = example.isCommit ? await surroundings(before, 'before') : NO_SURROUNDINGS;
  const schemas = await gatherSchemas(changes, HOME, after.map.tree);
  const issuers = await gatherIssuers(changes, after.map.tree);
  const neighbours = example.isCommit ? await gatherNeighbours(changes, after) : [];
  const clients = await gatherClients(changes, after);
  const knowledge = { config, staging, dns, apis, schemas, here, before: there, changed, neighbours, clients, issuers };
  if (!example.isCommit) {
    const { tree } = after.map;
    const texts = await markedTexts(tree, changes);
    const grounds = { ruleIds: rules.map(({ id }) => id), today: '2026-11-23' };
    const budget = { most: config.allowances.most, tree };
    const input = { changes, before: tree, baseline: undefined, texts, budget, ...grounds };
    const { findings } = await review(checkState([rule], states, knowledge), input);
    return settled(findings, config).filter(finding => finding.rule === rule.id);
  }
  if (rule.on !== 'commit') return checkChanges([rule], changes, knowledge);
  const found = checkCommit([rule], { ...commitOf(example), changes, reverts }, knowledge);
  const trees = { before: before.map.tree, after: after.map.tree };
  return rule.id === 'policy-changed' ? policyChanges({ files, ...trees }) : found;
}

function commitOf({ before, after, message }: Example): Omit<WholeCommit, 'changes' | 'reverts'> {
  const [subject = '', ...body] = message?.split('\n\n') ?? [];
  return {
    oid: undefined,
    message: message === undefined ? undefined : messageOf({ subject, body: body.join('\n\n') }),
    files: changedFiles(before, after),
  };
}

async function sideOf(files: Readonly<Record<string, string>>, config: Config): Promise<Side> {
  const tree = memoryTree(files);
  return { map: await mapRepository({ tree, config }), renderer: rendererOf(tree) };
}

async function statesOf(files: Readonly<Record<string, string>>, config: Config): Promise<UnitState[]> {
  const { map, renderer } = await sideOf(files, config);
  const units = await map.units();
  return Promise.all(units.map(async unit => ({ unit, rendered: await renderUnit(unit, renderer, map.tree) })));
}

/** An example of anything but broken input is one that kubectl and kustomize would take. */
async function expectSound({ before, after }: Example): Promise<void> {
  for (const files of [before, after]) {
    const states = await statesOf(files, DEFAULTS);
    expect(states.flatMap(({ rendered }) => rendered.problems.map(problem => problem.message))).toEqual([]);
  }
}

describe.each(rules.map(rule => [rule.id, rule] as const))('%s', (id, rule) => {
  const page = readFileSync(new URL(`../rules/${id}.md`, import.meta.url), 'utf8');

  it.each(examplesOf(page).map(example => [example.section, example.line, example] as const))(
    '%s, line %i',
    async (_section, _line, example) => {
      if (!(MISTAKES as readonly string[]).includes(id)) await expectSound(example);
      const found = await findingsOf(rule, example);
      expect(found.map(({ severity, message }) => `${severity}: ${message}`)).toEqual(example.expected);
    },
  );
});
