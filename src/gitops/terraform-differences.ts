import type { Span } from '../yaml/node.ts';
import type { HclBlock, HclValue } from './hcl.ts';
import type { TerraformFolder } from './terraform.ts';

/** What is not the same on both sides: a value, or a block with more values than a person wants to read one by one. */
export interface TerraformDifference {
  /** As Terraform calls it: `resource.hcloud_server.node.server_type`, `var.region`. */
  readonly address: string;
  /** The literals of one value, as they are written without quotes. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly span: Span;
  readonly side: 'before' | 'after';
}

/** Of more values than these in one block, the block alone is told. */
const MAX_VALUES = 3;

/**
 * What differs between two readings of a folder but blanks, comments, order and the files that blocks stand in.
 *
 * @param isTold Whether something else says already what differs there.
 */
export function terraformDifferences(
  before: TerraformFolder,
  after: TerraformFolder,
  isTold: (span: Span) => boolean,
): TerraformDifference[] {
  const [old, now] = [partsOf(before), partsOf(after)];
  const changed = [...now].flatMap(([address, part]): TerraformDifference[] => {
    const earlier = old.get(address);
    if (earlier?.text === part.text) return [];
    const whole = { address, span: part.span, side: 'after' as const };
    if (earlier === undefined) return isTold(part.span) ? [] : [whole];
    const values = differingValues(earlier, part);
    const rest = values.filter(({ span }) => !isTold(span));
    return values.length === 0 || rest.length > MAX_VALUES ? [whole] : rest;
  });
  const removed = [...old].filter(([address, { span }]) => !now.has(address) && !isTold(span));
  return [...changed, ...removed.map(([address, { span }]) => ({ address, span, side: 'before' as const }))];
}

/** A block, blocks without labels that add up, or a value with a name of its own. */
interface Part {
  readonly text: string;
  readonly span: Span;
  /** By address; a list is one value, since an item has no name. */
  readonly values: ReadonlyMap<string, HclValue>;
}

function partsOf(folder: TerraformFolder): Map<string, Part> {
  const parts = new Map<string, Part>();
  for (const block of folder.blocks) {
    if (block.type === 'locals') continue;
    const address = [block.type, ...block.labels].join('.');
    // Blocks without labels, such as `terraform`, may stand several times and add up.
    const earlier = parts.get(address);
    const text = (earlier?.text ?? '') + blockText(block);
    const values = new Map([...(earlier?.values ?? []), ...blockValues(block, address)]);
    parts.set(address, { text, span: block.span, values });
  }
  const given = new Set(folder.given.flatMap(({ attributes }) => [...attributes.keys()].map(name => `var.${name}`)));
  for (const [name, value] of folder.values) {
    if (!name.startsWith('local.') && !given.has(name)) continue;
    parts.set(name, { text: valueText(value), span: value.span, values: new Map(valuesIn(value, name)) });
  }
  return parts;
}

function blockValues(block: HclBlock, address: string): [string, HclValue][] {
  return [
    ...[...block.attributes].flatMap(([name, value]) => valuesIn(value, `${address}.${name}`)),
    ...block.blocks.flatMap(inner => blockValues(inner, [address, inner.type, ...inner.labels].join('.'))),
  ];
}

function valuesIn(value: HclValue, address: string): [string, HclValue][] {
  if (value.kind !== 'object') return [[address, value]];
  return [...value.entries].flatMap(([name, item]) => valuesIn(item, `${address}.${name}`));
}

function differingValues(before: Part, after: Part): TerraformDifference[] {
  const addresses = new Set([...after.values.keys(), ...before.values.keys()]);
  return [...addresses].flatMap((address): TerraformDifference[] => {
    const [old, now] = [before.values.get(address), after.values.get(address)];
    const stands = now ?? old;
    if (stands === undefined || (old && now && valueText(old) === valueText(now))) return [];
    const side = now === undefined ? 'before' : 'after';
    // The one block whose name says nothing that is not known.
    const shown = address.replace(/^terraform\./, '');
    return [{ address: shown, from: literalText(old), to: literalText(now), span: stands.span, side }];
  });
}

function literalText(value: HclValue | undefined): string | undefined {
  return value?.kind === 'literal' ? String(value.value) : undefined;
}

function blockText(block: HclBlock): string {
  const attributes = [...block.attributes].map(([key, value]) => `${key}=${valueText(value)}`).sort();
  return `${block.type} ${JSON.stringify(block.labels)} {${attributes.join(';')};${block.blocks.map(blockText).join(';')}}`;
}

function valueText(value: HclValue): string {
  if (value.kind === 'literal') return JSON.stringify(value.value);
  if (value.kind === 'expression') return value.text;
  if (value.kind === 'list') return `[${value.items.map(valueText).join(',')}]`;
  return `{${[...value.entries].map(([key, item]) => `${key}=${valueText(item)}`).join(',')}}`;
}
