import { describe, expect, it } from 'vitest';
import { clientFacts } from '../../src/change/facts-client.ts';
import { dnsFacts, statedVersionFacts } from '../../src/change/facts-stated.ts';
import type { DnsRecord } from '../../src/gitops/dns.ts';
import type { StatedVersion } from '../../src/gitops/unit.ts';
import { Source } from '../../src/yaml/node.ts';
import { lineOf, unitOf } from '../support/changes.ts';

const spanOf = (text: string) => ({ source: new Source('main.tf', text), start: 0, end: text.length });

const stated = (kind: StatedVersion['kind'], name: string, ...versions: string[]): StatedVersion[] =>
  versions.map(version => ({ kind, name, version, span: spanOf(version) }));

describe('versions that are stated outside of Kubernetes', () => {
  it.each([
    ['kubernetes', '1.30', '1.31', ['kubernetes minor c: 1.30 -> 1.31']],
    ['kubernetes', '1.31.4', '1.31.5', ['kubernetes patch c: 1.31.4 -> 1.31.5']],
    ['kubernetes', '1.30', '1.32', ['kubernetes skip c: 1.30 -> 1.32']],
    ['kubernetes', '1.31', '1.30', ['kubernetes downgrade c: 1.31 -> 1.30']],
    ['kubernetes', '1.31', 'stable', ['kubernetes unknown c: 1.31 -> stable']],
    ['kubernetes', 'v1.31.4+rke2r1', 'v1.31.4+rke2r2', ['kubernetes patch c: v1.31.4+rke2r1 -> v1.31.4+rke2r2']],
    ['component', '1.9.1', '1.9.2', ['component patch c: 1.9.1 -> 1.9.2']],
    ['component', '1.9.1', '1.10.0', ['component minor c: 1.9.1 -> 1.10.0']],
    ['component', '1.9.1', '2.0.0', ['component major c: 1.9.1 -> 2.0.0']],
    ['component', '1.9.2', '1.9.1', ['component downgrade c: 1.9.2 -> 1.9.1']],
    ['chart', '10.3.3', '10.4.0', ['chart minor c: 10.3.3 -> 10.4.0']],
    ['chart', '1.0.0', '1.0.0', []],
  ] as const)('%s %s -> %s', (kind, before, after, expected) => {
    const facts = statedVersionFacts(unitOf(), stated(kind, 'c', before), stated(kind, 'c', after));
    expect(facts.map(lineOf)).toEqual(expected);
  });

  it('come and go, a cluster with what Terraform plans', () => {
    const all = [...stated('component', 'longhorn', '1.9.1'), ...stated('kubernetes', 'eks', '1.30')];
    expect(statedVersionFacts(unitOf(), [], all).map(lineOf)).toEqual(['component added longhorn: - -> 1.9.1']);
    expect(statedVersionFacts(unitOf(), all, []).map(lineOf)).toEqual(['component removed longhorn: 1.9.1 -> -']);
  });

  it('move one by one where several have one name', () => {
    const [before, after] = [
      stated('kubernetes', 'pool', '1.30', '1.31'),
      stated('kubernetes', 'pool', '1.31', '1.31'),
    ];
    expect(statedVersionFacts(unitOf(), before, after).map(lineOf)).toEqual(['kubernetes minor pool: 1.30 -> 1.31']);
  });
});

describe('DNS records', () => {
  const record = (name: string, text: string): DnsRecord => ({ name, type: 'A', span: spanOf(text) });

  it('come, go and change by what is written of them', () => {
    const before = [record('a.example', 'a 1'), record('b.example', 'b 1'), record('c.example', 'c 1')];
    const after = [record('a.example', 'a   1'), record('b.example', 'b 2'), record('d.example', 'd 1')];
    expect(dnsFacts(unitOf(), before, after).map(lineOf)).toEqual([
      'dns changed b.example A',
      'dns added d.example A',
      'dns removed c.example A',
    ]);
  });
});

describe('clients', () => {
  const units = (...clients: (string | undefined)[]) =>
    clients.map((client, index) => unitOf({ key: `${client}-${index}`, client }));

  it('come with their first unit and go with their last', () => {
    const [before, after] = [units('old', 'stays', undefined), units('stays', 'new', 'new')];
    expect(clientFacts(before, after).map(fact => `${lineOf(fact)} ${fact.unit} ${fact.side}`)).toEqual([
      'client added new new-1 after',
      'client removed old old-0 before',
    ]);
  });
});
