import { describe, expect, it } from 'vitest';
import rule from '../../rules/client-incomplete.ts';
import type { LookedAt } from '../../src/gitops/surroundings.ts';
import type { Rendered } from '../../src/kustomize/rendered.ts';
import { partsOf } from '../../src/rule/client-parts.ts';
import { startOf } from '../../src/yaml/node.ts';
import { change, renderedOf, unitOf } from '../support/changes.ts';
import { factOf } from '../support/facts.ts';
import { knowledge } from '../support/knowledge.ts';

const objects = (...kinds: string[]) =>
  kinds.map(kind => `apiVersion: v1\nkind: ${kind}\nmetadata: {name: web}\n`).join('---\n');

function client(
  name: string,
  kinds: readonly string[],
  environment: 'production' | 'staging' = 'production',
): LookedAt {
  const unit = unitOf({ key: `${name}-${environment}`, client: name, app: 'shop', environment });
  const rendered = renderedOf(objects(...kinds));
  if (rendered === undefined) throw new Error('no objects');
  return { unit, rendered };
}

/** What is said of a new client in production that has a Service. */
function said(clients: readonly LookedAt[], gaps: Rendered['gaps'] = []) {
  const { unit } = client('cedar', []);
  const { after, ...added } = change(undefined, objects('Service'), unit);
  const fact = factOf({ kind: 'client', move: 'added', subject: 'cedar', unit: unit.key });
  const changes = [{ ...added, after: after && { ...after, gaps }, facts: [fact] }];
  const commit = { oid: undefined, message: undefined, files: [], changes, reverts: undefined };
  return [...rule.check(commit, knowledge({ clients }))].map(({ severity, message }) => `${severity}: ${message}`);
}

describe('a new client', () => {
  it.each<[string, readonly LookedAt[], string[]]>([
    ['one other is no measure', [client('ash', ['Service', 'Ingress'])], []],
    [
      'what two have is a hint',
      [client('ash', ['Service', 'Ingress']), client('birch', ['Ingress', 'CronJob'])],
      ['info: client cedar lacks what ash and birch have: Ingress in production'],
    ],
    [
      'what three have is more than that',
      ['ash', 'birch', 'elm'].map(name => client(name, ['Ingress'])),
      ['warning: client cedar lacks what ash, birch and elm have: Ingress in production'],
    ],
    [
      'what one lacks is not asked',
      [client('ash', ['Ingress']), client('birch', ['Service']), client('elm', ['Ingress'])],
      [],
    ],
    [
      'of ten one may be odd',
      Array.from({ length: 10 }, (_, i) => client(`c${i}`, i === 0 ? ['Service'] : ['Ingress'])),
      ['warning: client cedar lacks what 10 other clients have: Ingress in production'],
    ],
    [
      'an environment that it has not yet says nothing of its parts',
      ['ash', 'birch'].map(name => client(name, ['Ingress'], 'staging')),
      [],
    ],
  ])('%s', (_, clients, expected) => {
    expect(said(clients)).toEqual(expected);
  });

  it('is not asked for what may come from elsewhere', () => {
    const others = ['ash', 'birch'].map(name => client(name, ['Ingress']));
    const gap = { kind: 'remote-base', what: 'example.com/base', version: undefined, span: startOf('a.yaml') } as const;
    expect(said(others, [gap])).toEqual([]);
  });
});

it('takes images whatever their tag, and the annotation of Reloader for parts', () => {
  const text = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, annotations: {reloader.stakater.com/auto: "true"}}
spec: {template: {spec: {containers: [{name: web, image: "shop/web:1.2"}]}}}
`;
  const rendered = renderedOf(text);
  if (rendered === undefined) throw new Error('no objects');
  expect([...partsOf([{ unit: unitOf(), rendered }]).values()]).toEqual([
    { what: 'Deployment', environment: 'production' },
    { what: "Reloader's annotation", environment: 'production' },
    { what: 'the image shop/web', environment: undefined },
  ]);
});
