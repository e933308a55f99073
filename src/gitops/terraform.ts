import type { Source } from '../yaml/node.ts';
import { type HclBlock, HclError, type HclValue, parseHcl } from './hcl.ts';
import type { StatedVersion } from './unit.ts';

/** A Terraform folder as far as literals tell: its blocks, and the values that `var.` and `local.` stand for. */
export interface TerraformFolder {
  readonly blocks: readonly HclBlock[];
  /** `var.name` and `local.name` with their literal values; `.tfvars` wins over a variable's default. */
  readonly values: ReadonlyMap<string, HclValue>;
  /** What each `.tfvars` file gives, one after the other. */
  readonly given: readonly HclBlock[];
  /** Files that are not HCL, with the place. */
  readonly errors: readonly HclError[];
}

/** Reads the `.tf` and `.tfvars` files of one folder, sorted by name as Terraform reads them. */
export function readTerraform(sources: readonly Source[]): TerraformFolder {
  const blocks: HclBlock[] = [];
  const values = new Map<string, HclValue>();
  const given: HclBlock[] = [];
  const errors: HclError[] = [];
  for (const source of sources) {
    const body = parse(source, errors);
    if (body === undefined) continue;
    if (source.file.endsWith('.tfvars')) {
      given.push(body);
      continue;
    }
    for (const block of body.blocks) {
      blocks.push(block);
      const fallback = block.attributes.get('default');
      if (block.type === 'variable' && fallback !== undefined) values.set(`var.${block.labels[0]}`, fallback);
      if (block.type === 'locals') for (const [name, value] of block.attributes) values.set(`local.${name}`, value);
    }
  }
  for (const { attributes } of given) for (const [name, value] of attributes) values.set(`var.${name}`, value);
  return { blocks, values, given, errors };
}

function parse(source: Source, errors: HclError[]): HclBlock | undefined {
  try {
    return parseHcl(source);
  } catch (error) {
    if (!(error instanceof HclError)) throw error;
    errors.push(error);
    return undefined;
  }
}

/** The literal that a value is, or that the variable or local it names is; undefined where neither. */
export function literal(folder: TerraformFolder, value: HclValue | undefined): HclValue | undefined {
  let current = value;
  for (let hops = 0; current?.kind === 'expression' && hops < 8; hops++) current = folder.values.get(current.text);
  return current?.kind === 'expression' ? undefined : current;
}

/** The text of a string or number, after following variables. */
export function literalText(folder: TerraformFolder, value: HclValue | undefined): string | undefined {
  const found = literal(folder, value);
  if (found?.kind !== 'literal' || found.value === null || typeof found.value === 'boolean') return undefined;
  return rawNumber(found) ?? String(found.value);
}

/** A number as it is written: `1.30` is not `1.3` where it is a version. */
function rawNumber(value: HclValue & { kind: 'literal' }): string | undefined {
  return typeof value.value === 'number'
    ? value.span.source.text.slice(value.span.start, value.span.end).trim()
    : undefined;
}

/**
 * Attributes that hold the version of a cluster's control plane or of its nodes, by the provider's resource.
 * Sources: the resources' pages in the Terraform registry.
 */
const CLUSTER_ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  aws_eks_cluster: ['version'],
  aws_eks_node_group: ['version', 'release_version'],
  google_container_cluster: ['min_master_version', 'node_version'],
  google_container_node_pool: ['version'],
  azurerm_kubernetes_cluster: ['kubernetes_version', 'orchestrator_version'],
  azurerm_kubernetes_cluster_node_pool: ['orchestrator_version'],
  digitalocean_kubernetes_cluster: ['version'],
  linode_lke_cluster: ['k8s_version'],
  scaleway_k8s_cluster: ['version'],
  rancher2_cluster_v2: ['kubernetes_version'],
  talos_machine_configuration: ['kubernetes_version'],
};

/** Names that mean the Kubernetes version wherever they stand: variables, locals, module arguments, `.tfvars`, objects. */
const VERSION_NAMES = new Set([
  'k8s_version',
  'kubernetes_version',
  'cluster_version',
  'rke2_version',
  'k3s_version',
  'k3s_channel',
  'initial_k3s_channel',
  'install_k3s_version',
]);

/** The Kubernetes and chart versions that a folder states as literals, each once, where it is written. */
export function terraformVersions(folder: TerraformFolder): StatedVersion[] {
  const found: StatedVersion[] = [];
  for (const { attributes } of folder.given) {
    for (const [name, value] of attributes) pushNamed(found, name, name, value);
  }
  for (const block of folder.blocks) found.push(...blockVersions(block));
  return found;
}

/** A value that its own name says to be the version, and the ones in an object that theirs say to be. */
function pushNamed(found: StatedVersion[], key: string, name: string, value: HclValue | undefined): void {
  if (VERSION_NAMES.has(key)) pushVersion(found, 'kubernetes', name, value);
  if (value?.kind !== 'object') return;
  for (const [inner, item] of value.entries) pushNamed(found, inner, `${name}.${inner}`, item);
}

function blockVersions(block: HclBlock): StatedVersion[] {
  const found: StatedVersion[] = [];
  const [type = '', name = ''] = block.labels;
  if (block.type === 'variable') {
    pushNamed(found, type, type, block.attributes.get('default'));
  } else if (block.type === 'locals') {
    for (const [key, value] of block.attributes) pushNamed(found, key, key, value);
  } else if (block.type === 'module') {
    for (const [key, value] of block.attributes) {
      const own = VERSION_NAMES.has(key);
      pushNamed(found, key, own ? `module.${type}` : `module.${type}.${key}`, value);
    }
  } else if (block.type === 'resource' && type === 'helm_release') {
    pushVersion(found, 'chart', literalOf(block.attributes.get('chart')) ?? name, block.attributes.get('version'));
  } else if (block.type === 'resource') {
    for (const attribute of CLUSTER_ATTRIBUTES[type] ?? []) {
      for (const body of [block, ...block.blocks]) {
        pushVersion(found, 'kubernetes', `${type}.${name}`, body.attributes.get(attribute));
      }
    }
  }
  return found;
}

function literalOf(value: HclValue | undefined): string | undefined {
  return value?.kind === 'literal' && typeof value.value === 'string' ? value.value : undefined;
}

/** A reference is left out: the variable or local that it names states the version itself. */
function pushVersion(found: StatedVersion[], kind: 'kubernetes' | 'chart', name: string, value: HclValue | undefined) {
  if (value?.kind !== 'literal' || value.value === null || typeof value.value === 'boolean') return;
  found.push({ kind, name, version: rawNumber(value) ?? String(value.value), span: value.span });
}
