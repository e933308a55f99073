import { steppedProgram } from '../change/upgrade-steps.ts';
import type { Tree } from '../git/tree.ts';
import type { ComponentSource } from '../gitops/components.ts';
import { readSources } from '../gitops/read-sources.ts';
import { versionCandidates } from '../gitops/version-candidates.ts';
import { isSameVersion } from '../gitops/version-places.ts';
import { readTag } from '../image/tag.ts';
import { writeScalar } from '../yaml/write-scalar.ts';

/** One thing that stands in the tree with a version, and the files that say it. */
interface Proposal {
  readonly name: string;
  readonly source: ComponentSource;
  /** As they are written, each once. */
  readonly versions: string[];
  readonly files: string[];
}

/** Files with versions; read some at a time, since a repository may have tens of thousands. */
const WITH_VERSIONS = /\.(?:ya?ml|tf)$/i;
const AT_ONCE = 500;

/**
 * A list of components as YAML, by the charts, images, remote bases, providers and modules that a tree names with a
 * version. What stands at several versions, as the images of one's own software do, is named in a comment and left out.
 *
 * @param listed whether a list has it already
 */
export async function proposeList(tree: Tree, listed: (file: string, version: string) => boolean): Promise<string> {
  const proposals = new Map<string, Proposal>();
  const paths = (await tree.files()).map(({ path }) => path).filter(path => WITH_VERSIONS.test(path));
  for (let start = 0; start < paths.length; start += AT_ONCE) {
    const { sources } = await readSources(tree, paths.slice(start, start + AT_ONCE));
    for (const file of sources) {
      for (const { version, source } of versionCandidates(file)) {
        if (source === undefined || readTag(version.text).scheme !== 'version' || listed(file.file, version.text))
          continue;
        add(proposals, source, version.text, file.file);
      }
    }
  }
  return printed([...proposals.values()].sort((a, b) => (a.name < b.name ? -1 : 1)));
}

function add(proposals: Map<string, Proposal>, source: ComponentSource, version: string, file: string): void {
  const key = JSON.stringify([source.type, ...source.fields]);
  const proposal = proposals.get(key) ?? { name: nameOf(source), source, versions: [], files: [] };
  proposals.set(key, proposal);
  if (!proposal.versions.some(known => isSameVersion(known, version))) proposal.versions.push(version);
  if (!proposal.files.includes(file)) proposal.files.push(file);
}

/** The chart's name, or the last part of a repository's; of a module the part that is its own. */
function nameOf({ type, fields }: ComponentSource): string {
  const parts = (fields.get('chart') ?? fields.get('repo') ?? '').split('/');
  return (type === 'terraform' ? parts[1] : parts.at(-1)) ?? '';
}

function printed(proposals: readonly Proposal[]): string {
  const certain = proposals.filter(({ versions }) => versions.length === 1);
  const others = proposals.filter(({ versions }) => versions.length > 1);
  const names = new Set<string>();
  const entries = certain.flatMap(proposal => {
    const name = names.has(proposal.name) ? `${proposal.name}-${proposal.source.type}` : proposal.name;
    names.add(name);
    return entryOf({ ...proposal, name });
  });
  return [
    '# Proposed by deploy-lint updates --init from the versions in this repository. Take out what is your own software,',
    '# and add skip_major where the next major is not wanted yet.',
    ...(entries.length === 0 ? ['apps: []'] : ['apps:', ...entries]),
    ...others.map(
      ({ name, versions }) => `# ${oneLine(name)} stands at several versions: ${versions.map(oneLine).join(', ')}`,
    ),
    '',
  ].join('\n');
}

function entryOf({ name, source, versions, files }: Proposal): string[] {
  const scalar = (text: string) => writeScalar(text, { indent: 0, column: 0, isKey: false });
  const fields = [['type', source.type ?? ''], ...source.fields].map(
    ([key, value]) => `${key}: ${scalar(value ?? '')}`,
  );
  const program = steppedProgram([name]);
  return [
    `  - name: ${scalar(name)}`,
    `    version: ${scalar(versions[0] ?? '')}`,
    `    source: { ${fields.join(', ')} }`,
    ...(files.length === 1
      ? [`    file: ${scalar(files[0] ?? '')}`]
      : ['    files:', ...files.map(file => `      - ${scalar(file)}`)]),
    ...(program?.neverBack ? [`    manual_only: true # ${program.because}`] : []),
  ];
}

function oneLine(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?');
}
