import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import rules from '../rules/index.ts';
import { compareUnit } from '../src/change/compare.ts';
import { compareTerraform } from '../src/change/compare-texts.ts';
import { type Config, DEFAULTS } from '../src/config/config.ts';
import { messageOf } from '../src/git/message.ts';
import { gatherDns } from '../src/gitops/dns-records.ts';
import { objectsAtRisk, statedKubernetes } from '../src/gitops/gather-apis.ts';
import { mapRepository } from '../src/gitops/map.ts';
import { renderUnit } from '../src/gitops/render-unit.ts';
import { createRenderer } from '../src/kustomize/renderer.ts';
import type { Finding } from '../src/rule/finding.ts';
import type { Rule, WholeCommit } from '../src/rule/rule.ts';
import { checkChanges, checkCommit, checkState, type UnitState } from '../src/rule/run.ts';
import { Source } from '../src/yaml/node.ts';
import { MISTAKES } from '../src/yaml/problem.ts';
import { knowledgeOf } from './support/knowledge.ts';
import { changedFiles, memoryTree } from './support/memory-tree.ts';
import { type Example, examplesOf } from './support/page-examples.ts';

/** Runs one rule over an example, which is a small repository before and after a commit. */
async function findingsOf(rule: Rule, example: Example): Promise<readonly Finding[]> {
  const { config, staging } = knowledgeOf(example.knowledge);
  const before = await statesOf(example.before, config);
  const after = await statesOf(example.after, config);
  const terraform = Object.entries(example.after).filter(([path]) => path.endsWith('.tf'));
  const dns = gatherDns({
    terraform: [terraform.map(([path, content]) => new Source(path, content))],
    objects: after.flatMap(state => state.rendered.objects),
    lists: [],
    zones: [],
  });
  const [old, now] = [memoryTree(example.before), memoryTree(example.after)];
  const map = await mapRepository({ tree: now, config });
  const apis = { versions: await statedKubernetes(map), atRisk: await objectsAtRisk(map, createRenderer(now)) };
  const knowledge = { config, staging, dns, apis };
  if (!example.isCommit) return checkState([rule], after, knowledge);
  const keys = [...new Set([...before, ...after].map(state => state.unit.key))];
  const pending = keys.map(key => {
    const [was, is] = [before, after].map(states => states.find(state => state.unit.key === key));
    const unit = is?.unit ?? was?.unit;
    if (unit === undefined) throw new Error(`there is no unit ${key}`);
    return unit.kind === 'terraform'
      ? compareTerraform(unit, old, now)
      : compareUnit(unit, was?.rendered, is?.rendered);
  });
  const changes = await Promise.all(pending);
  if (rule.on !== 'commit') return checkChanges([rule], changes, knowledge);
  return checkCommit([rule], { ...commitOf(example), changes }, knowledge);
}

function commitOf({ before, after, message }: Example): Omit<WholeCommit, 'changes'> {
  const [subject = '', ...body] = message?.split('\n\n') ?? [];
  return {
    oid: undefined,
    message: message === undefined ? undefined : messageOf({ subject, body: body.join('\n\n') }),
    files: changedFiles(before, after),
    reverts: undefined,
  };
}

async function statesOf(files: Readonly<Record<string, string>>, config: Config): Promise<UnitState[]> {
  const tree = memoryTree(files);
  const renderer = createRenderer(tree);
  const units = await (await mapRepository({ tree, config })).units();
  return Promise.all(units.map(async unit => ({ unit, rendered: await renderUnit(unit, renderer, tree) })));
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
