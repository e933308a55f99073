import { externalDnsOf, valuesOf } from '../kubernetes/external-dns.ts';
import { nameParts } from '../kubernetes/hosts.ts';
import { type KubeObject, nearest } from '../kubernetes/object.ts';
import { at, items, type Source, type Span, text } from '../yaml/node.ts';
import type { DnsRecord, DnsRecords, ExternalDns } from './dns.ts';
import type { HclBlock, HclValue } from './hcl.ts';
import { literal, literalText, readTerraform, type TerraformFolder } from './terraform.ts';

/** A hostname as DNS compares it: lower case, in ASCII, without the final dot. What has no ASCII form stays as it is. */
function normalName(name: string): string {
  const { wildcard, plain, ascii } = nameParts(name);
  return (wildcard ? '*.' : '') + (ascii || plain);
}

/** What the sources of DNS facts say together. */
export function gatherDns(input: {
  /** The Terraform files of each folder. */
  readonly terraform: readonly (readonly Source[])[];
  /** Objects that may be DNSEndpoints or an external-dns. */
  readonly objects: readonly KubeObject[];
  /** Plain lists of hostnames, one a line. */
  readonly lists: readonly Source[];
  /** Zones that the configuration calls complete. */
  readonly zones: readonly string[];
}): DnsRecords {
  const parts = input.terraform.map(sources => terraformRecords(readTerraform(sources)));
  const listed = input.lists.flatMap(listRecords);
  const endpoints = input.objects.flatMap(endpointRecords);
  return {
    records: [...parts.flatMap(part => part.records), ...endpoints, ...listed],
    zones: [...new Set([...parts.flatMap(part => part.zones), ...input.zones.map(normalName)])],
    externalDns: input.objects.flatMap(object => externalDns(object) ?? []),
    incomplete: parts.flatMap(part => part.incomplete),
  };
}

/** One hostname a line; `#` starts a comment. */
function listRecords(source: Source): DnsRecord[] {
  return [...source.text.matchAll(/^[ \t]*([^\s#]+)/gm)].map(match => {
    const start = match.index + match[0].length - (match[1] ?? '').length;
    return {
      name: normalName(match[1] ?? ''),
      type: 'LISTED',
      span: { source, start, end: match.index + match[0].length },
    };
  });
}

/** The records of an external-dns `DNSEndpoint`; see docs/sources/crd.md in kubernetes-sigs/external-dns. */
function endpointRecords(object: KubeObject): DnsRecord[] {
  if (object.id.kind !== 'DNSEndpoint') return [];
  return items(at(object.root, 'spec', 'endpoints')).flatMap(endpoint => {
    const name = text(endpoint, 'dnsName');
    return name === undefined
      ? []
      : { name: normalName(name), type: text(endpoint, 'recordType') ?? 'A', span: endpoint.span };
  });
}

/** Flags of external-dns that leave out objects by something other than the domain; docs/flags.md upstream. */
const NARROWING = ['annotation-filter', 'label-filter', 'ingress-class', 'namespace', 'exclude-domains', 'regex-'];

/** An external-dns run by this repository, from its container's arguments. */
function externalDns(object: KubeObject): ExternalDns | undefined {
  const runs = externalDnsOf(object);
  return (
    runs && {
      sources: valuesOf(runs, 'source'),
      domains: valuesOf(runs, 'domain-filter').map(normalName),
      narrowed: runs.flags.some(flag => NARROWING.some(name => flag.name.startsWith(name))),
      span: nearest(object, runs.path).span,
    }
  );
}

interface ZoneRecords {
  readonly records: DnsRecord[];
  readonly zones: string[];
  readonly incomplete: string[];
}

/** Resources that state a record, with the provider's version in which they are called so. */
const RECORD_RESOURCES = new Set(['cloudflare_record', 'cloudflare_dns_record']);

/**
 * `cloudflare_record` (provider v4) and `cloudflare_dns_record` (v5): `name` is relative to the zone, `@`, or fully
 * qualified. See docs/resources in cloudflare/terraform-provider-cloudflare.
 */
export function terraformRecords(folder: TerraformFolder): ZoneRecords {
  const zones = zoneNames(folder);
  const result: ZoneRecords = { records: [], zones: [...new Set(zones.values())], incomplete: [] };
  for (const block of folder.blocks) {
    const [type = '', name = ''] = block.labels;
    if (block.type !== 'resource' || !RECORD_RESOURCES.has(type)) continue;
    const recordNames = namesOf(folder, block);
    const zone = zoneOf(folder, zones, block.attributes.get('zone_id'));
    if (recordNames === undefined) {
      result.incomplete.push(
        `${place(block.span)} states records that depend on values not written here (${type}.${name})`,
      );
      continue;
    }
    const recordType = literalText(folder, block.attributes.get('type')) ?? 'A';
    for (const record of recordNames) {
      const full = qualified(record.value, zone, result.zones);
      if (full === undefined) {
        result.incomplete.push(
          `${place(record.span)} states "${record.value}" in a zone whose name is not written here`,
        );
      } else result.records.push({ name: full, type: recordType, span: record.span });
    }
  }
  for (const error of folder.errors) result.incomplete.push(`${place(error.span)} is not valid HCL: ${error.message}`);
  return result;
}

function place(span: Span): string {
  return `${span.source.file}:${span.source.position(span.start).line}`;
}

/** `cloudflare_zone.shop` and `data.cloudflare_zone.shop` with the zone's name. */
function zoneNames(folder: TerraformFolder): Map<string, string> {
  const zones = new Map<string, string>();
  for (const block of folder.blocks) {
    const [type = '', label = ''] = block.labels;
    if (type !== 'cloudflare_zone' && type !== 'cloudflare_zones') continue;
    const filter = literal(folder, block.attributes.get('filter'));
    const filtered = filter?.kind === 'object' ? filter.entries.get('name') : undefined;
    const nested = block.blocks.find(inner => inner.type === 'filter')?.attributes.get('name');
    const value = block.attributes.get('zone') ?? block.attributes.get('name') ?? filtered ?? nested;
    const name = literalText(folder, value);
    if (name !== undefined) zones.set(`${block.type === 'data' ? 'data.' : ''}${type}.${label}`, normalName(name));
  }
  return zones;
}

function zoneOf(
  folder: TerraformFolder,
  zones: ReadonlyMap<string, string>,
  zoneId: HclValue | undefined,
): string | undefined {
  let value = zoneId;
  for (let hops = 0; value?.kind === 'expression' && hops < 8; hops++) {
    const address = /^((?:data\.)?cloudflare_zones?\.[\w-]+)(?:\.|\[|$)/.exec(value.text)?.[1];
    if (address !== undefined) return zones.get(address);
    value = folder.values.get(value.text);
  }
  // An id written out, or a variable: with one zone in the folder there is no doubt which is meant.
  return zones.size === 1 ? [...zones.values()][0] : undefined;
}

interface NamedRecord {
  readonly value: string;
  readonly span: Span;
}

/** The names that a block states; several with a literal `for_each`; undefined where they are not literals. */
function namesOf(folder: TerraformFolder, block: HclBlock): NamedRecord[] | undefined {
  const name = block.attributes.get('name');
  const each = block.attributes.get('for_each');
  if (name === undefined || (each === undefined && block.attributes.has('count'))) return undefined;
  if (each === undefined) {
    const value = literalText(folder, name);
    return value === undefined ? undefined : [{ value, span: block.span }];
  }
  const members = eachMembers(folder, each);
  if (members === undefined || name.kind !== 'expression') return undefined;
  const named: NamedRecord[] = [];
  for (const member of members) {
    const value = nameIn(folder, name.text, member);
    if (value === undefined) return undefined;
    named.push({ value, span: member.span });
  }
  return named;
}

/** What `each.key`, `each.value` or `each.value.name` is for a member; undefined for any other expression. */
function nameIn(folder: TerraformFolder, expression: string, { key, value }: Member): string | undefined {
  if (expression === 'each.key') return key;
  if (expression === 'each.value') return value === undefined ? key : literalText(folder, value);
  const attribute = /^each\.value\.([\w-]+)$/.exec(expression)?.[1];
  return attribute === undefined ? undefined : literalText(folder, objectEntry(value, attribute));
}

interface Member {
  readonly key: string;
  /** Undefined for a set, whose members are their own keys. */
  readonly value: HclValue | undefined;
  readonly span: Span;
}

/** The members of `{ … }` or `toset([ … ])`, or of a variable or local that holds one of them. */
function eachMembers(folder: TerraformFolder, each: HclValue): Member[] | undefined {
  const inner =
    each.kind === 'expression' ? /^toset\(\s*((?:local|var)\.[\w-]+)\s*\)$/.exec(each.text)?.[1] : undefined;
  const value = inner === undefined ? literal(folder, each) : folder.values.get(inner);
  if (value?.kind === 'object') return [...value.entries].map(([key, item]) => ({ key, value: item, span: item.span }));
  if (value?.kind !== 'list') return undefined;
  const members: Member[] = [];
  for (const item of value.items) {
    const key = literalText(folder, item);
    if (key === undefined) return undefined;
    members.push({ key, value: undefined, span: item.span });
  }
  return members;
}

function objectEntry(value: HclValue | undefined, key: string): HclValue | undefined {
  return value?.kind === 'object' ? value.entries.get(key) : undefined;
}

/** A record's full name; undefined where it is relative and the zone is not known. */
function qualified(name: string, zone: string | undefined, zones: readonly string[]): string | undefined {
  const plain = normalName(name);
  if (zone !== undefined) {
    if (plain === '@' || plain === zone) return zone;
    return plain.endsWith(`.${zone}`) ? plain : `${plain}.${zone}`;
  }
  return zones.find(known => plain === known || plain.endsWith(`.${known}`)) === undefined ? undefined : plain;
}
