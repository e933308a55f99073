import { describe, expect, it } from 'vitest';
import { answerFor } from '../../src/gitops/dns.ts';
import { gatherDns, terraformRecords } from '../../src/gitops/dns-records.ts';
import { readTerraform } from '../../src/gitops/terraform.ts';
import { type KubeObject, objectOf } from '../../src/kubernetes/object.ts';
import { Source } from '../../src/yaml/node.ts';
import { parse } from '../../src/yaml/parse.ts';

const tf = (text: string) => new Source('terraform/dns.tf', text);

const object = (yaml: string): KubeObject => {
  const root = parse(new Source('x.yaml', yaml), 'kubectl').documents[0];
  const found = root?.kind === 'map' ? objectOf(root) : undefined;
  if (found === undefined) throw new Error('the text is no object');
  return found;
};

const INGRESS = object('apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: shop}\n');

const ZONE = 'resource "cloudflare_zone" "shop" {\n  zone = "shop.example"\n}\n';

const record = (name: string, type = 'A') =>
  `resource "cloudflare_record" "r${name.length}${type}" {\n  zone_id = cloudflare_zone.shop.id\n  name = "${name}"\n  type = "${type}"\n}\n`;

/** `covered`, `missing` or `unknown` for a host, given Terraform's text. */
const ask = (host: string, terraform: string, objects: KubeObject[] = []) =>
  answerFor(host, INGRESS, gatherDns({ terraform: [[tf(terraform)]], objects, lists: [], zones: [] }));

describe('records of Terraform', () => {
  it.each([
    ['relative', `${ZONE}${record('www')}`, ['www.shop.example']],
    ['apex', `${ZONE}${record('@')}`, ['shop.example']],
    ['fully qualified', `${ZONE}${record('www.shop.example')}`, ['www.shop.example']],
    ['wildcard', `${ZONE}${record('*')}`, ['*.shop.example']],
    [
      'v5, zone by data source',
      'data "cloudflare_zone" "z" {\n  filter = { name = "a.example" }\n}\nresource "cloudflare_dns_record" "w" {\n  zone_id = data.cloudflare_zone.z.zone_id\n  name = "w"\n  type = "CNAME"\n}\n',
      ['w.a.example'],
    ],
    [
      'for_each over a set',
      `${ZONE}resource "cloudflare_record" "all" {\n  for_each = toset(["a", "b"])\n  zone_id = cloudflare_zone.shop.id\n  name = each.value\n  type = "A"\n}\n`,
      ['a.shop.example', 'b.shop.example'],
    ],
    [
      'for_each over a local map',
      `${ZONE}locals {\n  hosts = { one = { name = "a" }, two = { name = "b" } }\n}\nresource "cloudflare_record" "all" {\n  for_each = local.hosts\n  zone_id = cloudflare_zone.shop.id\n  name = each.value.name\n  type = "A"\n}\n`,
      ['a.shop.example', 'b.shop.example'],
    ],
  ])('%s', (_, text, names) => {
    expect(terraformRecords(readTerraform([tf(text)]))).toMatchObject({
      records: names.map(name => ({ name })),
      incomplete: [],
    });
  });

  it('says what it cannot evaluate', () => {
    const text = `${ZONE}resource "cloudflare_record" "x" {\n  name = "\${var.prefix}-x"\n}\n`;
    expect(terraformRecords(readTerraform([tf(text)])).incomplete).toEqual([
      'terraform/dns.tf:4 states records that depend on values not written here (cloudflare_record.x)',
    ]);
  });
});

describe('names that a provider gives out', () => {
  it.each(['a1.elb.eu-central-1.amazonaws.com', 'shop.203.0.113.7.nip.io'])('%s has a record', host => {
    expect(ask(host, ZONE).state).toBe('covered');
  });

  it('a zone that is stated here is believed before the provider', () => {
    expect(ask('shop.nip.io', 'resource "cloudflare_zone" "z" {\n  zone = "nip.io"\n}\n').state).toBe('missing');
  });
});

describe('RFC 4592', () => {
  it.each([
    ['the name itself', 'www.shop.example', ['www'], 'covered'],
    ['a wildcard one label up', 'a.shop.example', ['*'], 'covered'],
    ['a wildcard at any depth', 'a.b.shop.example', ['*'], 'covered'],
    ['never the apex', 'shop.example', ['*'], 'missing'],
    ['a name that exists with another type', 'mail.shop.example', ['*', 'mail TXT'], 'missing'],
    ['a name below which another stands', 'b.shop.example', ['*', 'x.b TXT'], 'missing'],
    ['below a name that exists', 'a.b.shop.example', ['*', 'b'], 'missing'],
    ['the wildcard closest to it', 'a.b.shop.example', ['b', '*.b'], 'covered'],
    ['a delegated name', 'a.sub.shop.example', ['@', 'sub NS'], 'unknown'],
    ['no record', 'new.shop.example', ['www'], 'missing'],
    ['a zone that is not here', 'www.other.example', ['www'], 'unknown'],
  ])('%s', (_, host, names, state) => {
    const records = names.map(name => record(...(name.split(' ') as [string, string?])));
    expect(ask(host, ZONE + records.join('')).state).toBe(state);
  });
});

describe('external-dns', () => {
  const controller = (args: string) =>
    object(
      `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: external-dns}\nspec: {template: {spec: {containers: [{name: c, image: registry.k8s.io/external-dns/external-dns:v0.15.0, args: ${args}}]}}}\n`,
    );

  it.each([
    ['reads Ingresses', '[--source=ingress]', 'covered'],
    ['of the zone', '[--source=ingress, --domain-filter=shop.example]', 'covered'],
    ['of another zone', '[--source=ingress, --domain-filter=other.example]', 'missing'],
    ['reads other kinds', '[--source=service]', 'missing'],
    ['with a filter', '[--source=ingress, --annotation-filter=dns=yes]', 'unknown'],
  ])('%s', (_, args, state) => {
    expect(ask('new.shop.example', ZONE + record('www'), [controller(args)]).state).toBe(state);
  });
});

it('takes names from a plain list and from DNSEndpoints', () => {
  const endpoint = object(
    'apiVersion: externaldns.k8s.io/v1alpha1\nkind: DNSEndpoint\nmetadata: {name: e}\nspec: {endpoints: [{dnsName: E.shop.example, recordType: CNAME}]}\n',
  );
  const list = new Source('dns.txt', '# by hand\nb\u00fccher.example.  # umlaut\nplain.example\n');
  const dns = gatherDns({ terraform: [], objects: [endpoint], lists: [list], zones: ['shop.example'] });
  expect(dns.records.map(found => found.name)).toEqual(['e.shop.example', 'xn--bcher-kva.example', 'plain.example']);
  expect(answerFor('x.shop.example', INGRESS, dns)).toEqual({ state: 'missing', zone: 'shop.example' });
});
