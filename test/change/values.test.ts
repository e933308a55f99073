import { describe, expect, it } from 'vitest';
import { compareUnit } from '../../src/change/compare.ts';
import type { Gap } from '../../src/kustomize/rendered.ts';
import { Source } from '../../src/yaml/node.ts';
import { lineOf, renderedOf, unitOf } from '../support/changes.ts';

/** What is told where a chart is filled in with the one file of values, and then with the other. */
function told(before: string, after: string, rest = ['', '']): string[] {
  const gap = (text: string, other = ''): Gap => ({
    kind: 'helm-chart',
    what: 'https://charts.example/shop',
    version: '1.2.3',
    values: `${other}${text}`,
    given: { parts: [{ path: 'values.yaml', bytes: Buffer.from(text) }], rest: other },
    span: { source: new Source('kustomization.yaml', ''), start: 0, end: 0 },
  });
  const rendered = (text: string, other: string | undefined) => renderedOf('', { gaps: [gap(text, other)] });
  return compareUnit(unitOf(), rendered(before, rest[0]), rendered(after, rest[1])).facts.map(lineOf);
}

describe('the chart of a database', () => {
  const moved = (what: string, from: string, to: string) => {
    const gap = (version: string): Gap => ({
      kind: 'helm-chart',
      what: `https://charts.example/${what}`,
      version,
      span: { source: new Source('kustomization.yaml', ''), start: 0, end: 0 },
    });
    const rendered = (version: string) => renderedOf('', { gaps: [gap(version)] });
    return compareUnit(unitOf(), rendered(from), rendered(to)).facts.map(lineOf);
  };

  it.each([
    ['mariadb', ' (mariadb)'],
    ['postgresql-ha', ' (postgres)'],
    ['redis-cluster', ' (redis)'],
    ['mariadb-operator', ''],
    ['postgres-exporter', ''],
  ])('%s is told by its name', (what, engine) => {
    expect(moved(what, '18.8.8', '18.8.9')).toEqual([
      `chart patch https://charts.example/${what}: 18.8.8 -> 18.8.9${engine}`,
    ]);
  });
});

const VALUES = 'chart values https://charts.example/shop: values';

describe('values that a kustomization fills a chart in with', () => {
  it.each([
    ['comments and blank lines', 'a: 1\n', '# why\n\na: 1 # one\n', []],
    ['the order of keys', 'a: 1\nb: 2\n', 'b: 2\na: 1\n', []],
    ['a value', 'web: {replicas: 1}\n', 'web: {replicas: 2}\n', [`${VALUES} web.replicas: 1 -> 2`]],
    ['a credential', 'auth: {password: a}\n', 'auth: {password: b}\n', [`${VALUES} auth.password`]],
    [
      'the tag of a database',
      'primary: {image: {repository: bitnami/postgresql, tag: "15.4"}}\n',
      'primary: {image: {repository: bitnami/postgresql, tag: "16.1"}}\n',
      ['database series bitnami/postgresql: 15.4 -> 16.1 (postgres)'],
    ],
    [
      'the tag of a named image',
      'image: {repository: shop/web, tag: 1.0.0}\n',
      'image: {repository: shop/web, tag: 1.0.1}\n',
      ['image patch shop/web: 1.0.0 -> 1.0.1'],
    ],
    [
      'the tag of an image',
      'image: {tag: 1.0.0}\n',
      'image: {tag: 2.0.0}\n',
      ['image major shop image.tag: 1.0.0 -> 2.0.0'],
    ],
    [
      'a whole image',
      'web: {image: "shop/web:1.0.0"}\n',
      'web: {image: "shop/web:1.1.0"}\n',
      ['image minor shop/web: 1.0.0 -> 1.1.0'],
    ],
    ['a template', 'a: {{ b }}\n', 'a: {{ c }}\n', [VALUES]],
  ])('%s', (_, before, after, expected) => {
    expect(told(before, after)).toEqual(expected);
  });

  it('are told as a whole where more than values differs', () => {
    expect(told('a: 1\n', 'a: 2\n', ['namespace=x', 'namespace=y'])).toEqual([VALUES]);
  });
});
