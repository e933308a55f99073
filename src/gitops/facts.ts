import { chartFolders } from '../kustomize/helm.ts';
import { baseName, folderOf, resolvePath } from '../kustomize/paths.ts';
import { filesOfPlugins } from '../kustomize/plugin-files.ts';
import { KUSTOMIZATION_NAMES, references } from '../kustomize/references.ts';
import { decode, isUtf16, UTF_16_MARKS } from '../yaml/decode.ts';
import { type Node, text } from '../yaml/node.ts';
import { parse } from '../yaml/parse.ts';
import { readPlainYaml } from '../yaml/plain-yaml.ts';
import { alters } from './altering.ts';
import { applicationsOf, argoDocuments, type DeclaredApplication, valuePatternsOf } from './applications.ts';

/**
 * What a file means for the map, by its path and content alone. Nothing of it is a value of an object, so facts may be
 * kept outside the repository.
 */
export type FileFacts =
  | {
      readonly kind: 'kustomization';
      /** `kind: Component`: never applied by itself. */
      readonly component: boolean;
      /** Every file and folder that it names, from the root. */
      readonly names: readonly string[];
      /** It changes what Applications and ApplicationSets that it includes say. */
      readonly alters?: true;
    }
  | {
      readonly kind: 'applications';
      readonly declared: readonly DeclaredApplication[];
      /** The names of the sets of which it is not known, or not of all of it, what they make; absent where there are none. */
      readonly unknownSets?: readonly string[];
      /** The files of values that sets name with a parameter, as globs; absent where there are none. */
      readonly valuePatterns?: readonly string[];
      /** An ApplicationSet here makes Applications of what lies in the tree. */
      readonly dependsOnTree: boolean;
      /** AppProjects stand here as well. */
      readonly hasProjects?: true;
    }
  /** AppProjects of Argo CD. */
  | { readonly kind: 'projects' }
  /** A generator or transformer that kustomizations name; `names` are the files that it reads in turn. */
  | { readonly kind: 'plugin'; readonly names: readonly string[] }
  | { readonly kind: 'chart' }
  /** Argo CD merges it over the source of Applications at its folder. */
  | { readonly kind: 'parameters' }
  | { readonly kind: 'terraform' }
  /** A symbolic link; `target` is from the root and may lead out of it. */
  | { readonly kind: 'link'; readonly target: string };

const MANIFEST = /\.(?:ya?ml|json)$/i;
/** `.tofu` is OpenTofu's own (https://opentofu.org/docs/language/files/). */
const TERRAFORM = /\.(?:tf|tfvars|tofu)(?:\.json)?$/;

/** `parameterFiles` in reach.ts has those of an Application. */
const PARAMETERS = /(?:^|\/)\.argocd-source(?:-[^/]*)?\.yaml$/;

export function isManifestName(path: string): boolean {
  return MANIFEST.test(path);
}

export function isTerraformName(path: string): boolean {
  return TERRAFORM.test(path);
}

export function isKustomizationName(path: string): boolean {
  const name = baseName(path);
  return KUSTOMIZATION_NAMES.some(known => known === name);
}

/** The facts that the path alone tells, or that its content must be read for. */
export function factsOfPath(path: string): FileFacts | 'read' | undefined {
  if (isKustomizationName(path)) return 'read';
  if (baseName(path) === 'Chart.yaml') return { kind: 'chart' };
  if (isTerraformName(path)) return { kind: 'terraform' };
  if (PARAMETERS.test(path)) return { kind: 'parameters' };
  return isManifestName(path) ? 'read' : undefined;
}

/** What the text of an Application, an ApplicationSet or an AppProject holds. */
const ARGO = Buffer.from('argoproj.io');
const ARGO_KINDS = [Buffer.from('Application'), Buffer.from('AppProject')];

/**
 * The facts of a file that `factsOfPath` asks to read. Text that does not parse has the facts of its readable part: it
 * is reported where it is rendered.
 */
export function factsOf(path: string, bytes: Buffer): FileFacts | undefined {
  if (isKustomizationName(path)) return kustomizationFacts(path, bytes);
  const plugin = PLUGIN.some(word => bytes.includes(word)) ? pluginFacts(path, bytes) : undefined;
  if (plugin !== undefined) return plugin;
  if (!bytes.includes(ARGO) || !ARGO_KINDS.some(kind => bytes.includes(kind))) {
    if (!isUtf16(bytes)) return undefined;
  }
  const documents = documentsOf(path, bytes);
  let dependsOnTree = false;
  const find = () => {
    dependsOnTree = true;
    return undefined;
  };
  const { declared, unknownSets } = applicationsOf(documents, path, { find, read: () => undefined });
  const hasProjects = argoDocuments(documents, 'AppProject').length > 0;
  if (declared.length === 0 && unknownSets.length === 0 && !dependsOnTree)
    return hasProjects ? { kind: 'projects' } : undefined;
  const valuePatterns = argoDocuments(documents, 'ApplicationSet').flatMap(valuePatternsOf);
  const unknown = {
    ...(unknownSets.length > 0 ? { unknownSets } : {}),
    ...(valuePatterns.length > 0 ? { valuePatterns } : {}),
  };
  return { kind: 'applications', declared, ...unknown, dependsOnTree, ...(hasProjects ? { hasProjects } : {}) };
}

/**
 * What the text of a generator or transformer holds that names files: kustomize's own, and those that decrypt Secrets
 * (github.com/viaduct-ai/kustomize-sops, github.com/goabout/kustomize-sopssecretgenerator).
 */
const PLUGIN = ['HelmChartInflationGenerator', 'apiVersion: builtin', 'viaduct.ai/', 'goabout.com/'].map(word =>
  Buffer.from(word),
);

/** A file that `factsOfPath` asks to read has facts only where it holds one of these or is a kustomization. */
export const TELLING: readonly Buffer[] = [...UTF_16_MARKS, ARGO, ...PLUGIN];

function pluginFacts(path: string, bytes: Buffer): FileFacts | undefined {
  const documents = documentsOf(path, bytes).filter(root => root.kind === 'map');
  const folder = folderOf(path);
  const names = filesOfPlugins(documents).flatMap(({ text: name }) => resolvePath(folder, name) ?? []);
  return names.length === 0 ? undefined : { kind: 'plugin', names: [...new Set(names)] };
}

/** A kustomization all the same: that it cannot be built comes to light where it is rendered. */
export const UNREADABLE_KUSTOMIZATION: FileFacts = { kind: 'kustomization', component: false, names: [] };

function kustomizationFacts(path: string, bytes: Buffer): FileFacts {
  const [root] = documentsOf(path, bytes);
  if (root?.kind !== 'map') return UNREADABLE_KUSTOMIZATION;
  const folder = folderOf(path);
  const names = new Set([...references(root, folder).paths, ...chartFolders(root, folder)]);
  const component = text(root, 'kind') === 'Component';
  return { kind: 'kustomization', component, names: [...names], ...(alters(root) ? { alters: true } : {}) };
}

function documentsOf(path: string, bytes: Buffer): readonly Node[] {
  const { source } = decode(path, bytes);
  return readPlainYaml(source, 'kubectl', 'rough') ?? parse(source, 'kubectl').documents;
}
