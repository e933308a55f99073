import { describe, expect, it } from 'vitest';
import { printable } from '../../src/change/printable.ts';
import { facts } from '../support/changes.ts';

describe('what a fact may show', () => {
  it.each([
    ['MODE', 'fast', 'fast'],
    ['LIMIT', 5, '5'],
    ['FLAG', true, 'true'],
    ['EMPTY', null, 'null'],
    ['URL', 'https://shop.example/path?page=1', 'https://shop.example/path?page=1'],
    ['HOST', 'user@shop.example', 'user@shop.example'],
    ['ARGS', '-port=8080', '-port=8080'],
    ['ARGS', 'kubectl port-forward -p 8080', 'kubectl port-forward -p 8080'],
    ['REPO', 'ssh://git@git.example/shop', 'ssh://git@git.example/shop'],
    ['IMAGE', `shop/web@sha256:${'a'.repeat(40)}`, `shop/web@sha256:${'a'.repeat(40)}`],
  ])('%s=%s is shown', (name, value, shown) => {
    expect(printable(name, value)).toBe(shown);
  });

  it.each([
    ['DB_PASSWORD', 'hunter2'],
    ['MYSQL_ROOT_PASSWD', 'hunter2'],
    ['API_KEY', 'hunter2'],
    ['apiKey', 'hunter2'],
    ['GITHUB_TOKEN', 'hunter2'],
    ['client-secret', 'hunter2'],
    ['SENTRY_DSN', 'hunter2'],
    ['AUTH_SALT', 'hunter2'],
    ['kubectl.kubernetes.io/last-applied-configuration', '{}'],
    ['QUEUE', 'amqp://shop:hunter2@rabbitmq:5672'],
    ['ARGS', '--db-password=hunter2'],
    ['ARGS', 'token: hunter2'],
    ['ARGS', '-phunter2'],
    ['ARGS', 'mysqldump -ushop -phunter2== shop'],
    ['ARGS', 'curl -u shop:hunter2 http://db'],
    ['REPO', 'https://hunter2@git.example/shop'],
    ['HEADER', 'Authorization: Bearer hunter2'],
    ['JWT', 'eyJhbGciOiJIUzI1NiJ9.e30.hunter2'],
    ['CERT', '-----BEGIN RSA PRIVATE KEY-----'],
  ])('E09: %s=%s is not', (name, value) => {
    expect(printable(name, value)).toBeUndefined();
  });

  it.each([
    ['several lines', 'a\nb'],
    ['a long text', 'a'.repeat(81)],
    ['nothing', undefined],
  ])('%s is not quoted', (_case, value) => {
    expect(printable('MODE', value)).toBeUndefined();
  });
});

it('E09 a password in a list of the values of a chart is not shown', () => {
  const application = (value: string) => {
    const values = `replicas: 1\\nenv: [{ name: DB_PASSWORD, value: ${value} }]`;
    const source = `{ repoURL: "https://charts.example", chart: cache, helm: { values: "${values}" } }`;
    return `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: x }\nspec: { source: ${source} }\n`;
  };
  const told = facts(application('hunter1'), application('hunter2'));
  expect(told).toHaveLength(1);
  expect(told.join()).not.toContain('hunter');
});

it.each([
  ['a custom resource', 'example.com/v1', 'Queue', 'env'],
  ['a plugin of an Application', 'argoproj.io/v1alpha1', 'Application', 'source: { plugin: { env'],
])('E09 a password in a list of %s is not shown', (_name, apiVersion, kind, field) => {
  const end = field.includes('{') ? ' } }' : '';
  const manifest = (value: string) =>
    `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: x }\nspec: { ${field}: [{ name: DB_PASSWORD, value: ${value} }]${end} }\n`;
  const told = facts(manifest('hunter1'), manifest('hunter2'));
  expect(told).toHaveLength(1);
  expect(told.join()).not.toContain('hunter');
});
