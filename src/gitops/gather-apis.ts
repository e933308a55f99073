import { ContentError } from '../git/tree.ts';
import type { KubeObject } from '../kubernetes/object.ts';
import { REMOVED_API_VERSIONS, removedApi } from '../kubernetes/removed-apis.ts';
import type { Renderer } from '../kustomize/renderer.ts';
import { isManifestName, isTerraformName } from './facts.ts';
import type { RepositoryMap } from './map.ts';
import { byFolder, readSources } from './read-sources.ts';
import { renderUnit } from './render-unit.ts';
import { readTerraform, terraformVersions } from './terraform.ts';
import type { StatedVersion, Unit } from './unit.ts';

/** What decides which API versions a cluster serves. */
export interface ServedApis {
  /** The versions of Kubernetes that Terraform states; empty where none does, or nothing asks. */
  readonly versions: readonly StatedVersion[];
  /** Where a commit raises such a version: the objects of the whole tree that some release no longer takes. */
  readonly atRisk: readonly { readonly unit: Unit; readonly objects: readonly KubeObject[] }[];
}

/** The versions of Kubernetes that the tree states. Lists the whole tree. */
export async function statedKubernetes({ tree }: RepositoryMap): Promise<StatedVersion[]> {
  const paths = (await tree.files()).map(entry => entry.path);
  const { sources } = await readSources(
    tree,
    paths.filter(path => isTerraformName(path) && !path.endsWith('.json')),
  );
  return byFolder(sources)
    .flatMap(folder => terraformVersions(readTerraform(folder)))
    .filter(({ kind }) => kind === 'kubernetes');
}

/** The objects that the tree applies by an API that some release removed. Reads every manifest of the tree. */
export async function objectsAtRisk(map: RepositoryMap, renderer: Renderer): Promise<ServedApis['atRisk']> {
  const units = new Map<string, Unit>();
  for (const path of await filesAtRisk(map)) for (const unit of await map.reaching(path)) units.set(unit.key, unit);
  const found: { unit: Unit; objects: readonly KubeObject[] }[] = [];
  for (const unit of units.values()) {
    const { objects } = await renderUnit(unit, renderer, map.tree);
    found.push({ unit, objects: objects.filter(object => removedApi(object) !== undefined) });
  }
  return found;
}

async function filesAtRisk({ tree }: RepositoryMap): Promise<string[]> {
  const words = REMOVED_API_VERSIONS.map(version => Buffer.from(version));
  const found: string[] = [];
  for (const entry of await tree.files()) {
    if (entry.mode === 'symlink' || entry.mode === 'submodule' || !isManifestName(entry.path)) continue;
    try {
      const content = await tree.read(entry);
      if (words.some(word => content.includes(word))) found.push(entry.path);
    } catch (error) {
      // Where a unit renders it, that it is unreadable comes to light.
      if (!(error instanceof ContentError)) throw error;
    }
  }
  return found;
}
