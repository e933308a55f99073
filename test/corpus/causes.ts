import type { Gap, Rendered } from '../../src/kustomize/rendered.ts';

/** A reason to refuse a build: as kustomize puts it, and as deploy-lint does. */
interface Cause {
  readonly name: string;
  readonly theirs: RegExp;
  /** Of a problem's message. */
  readonly ours?: RegExp;
  readonly gap?: Gap['kind'];
}

const CAUSES: readonly Cause[] = [
  { name: 'a chart', theirs: /--enable-helm|unable to run: 'helm/, gap: 'helm-chart' },
  {
    name: 'a remote base',
    theirs:
      /git (?:fetch|init|clone)|hit 27s timeout|proxyconnect|transport '\w+' not allowed|URL is a git repository|Get "https?:/,
    gap: 'remote-base',
  },
  { name: 'a plugin', theirs: /external plugins disabled|unable to find plugin root/, gap: 'plugin' },
  { name: 'a function', theirs: /external plugins disabled|--enable-alpha-plugins|--enable-exec/, gap: 'function' },
  {
    name: 'a file outside of the folder',
    theirs: /security; file .* is not in or below/,
    ours: /is not in or below|leads out of the repository/,
  },
  { name: 'a cycle', theirs: /cycle detected/, ours: /a cycle: this leads back to/ },
  {
    name: 'two kustomizations in a folder',
    theirs: /[Ff]ound multiple kustomization files/,
    ours: /has several kustomizations/,
  },
  { name: 'an empty kustomization', theirs: /kustomization\.yaml is empty/, ours: /the kustomization is empty/ },
  { name: 'a component as a resource', theirs: /expected kind != 'Component'/, ours: /belongs under components/ },
  { name: 'a resource as a component', theirs: /expected kind 'Component'/, ours: /is no Component/ },
  { name: 'an unknown field', theirs: /unknown field/, ours: /knows no field/ },
  { name: 'a field of another type', theirs: /cannot unmarshal/, ours: /kustomize wants/ },
  {
    name: 'the same object twice',
    theirs: /may not add resource with an already registered id|id .* exists; behavior must be merge or replace/,
    ours: /is there twice|exists already/,
  },
  {
    name: 'a namespace that makes two objects one',
    theirs: /namespace transformation produces ID conflict/,
    ours: /gives two objects the same identity/,
  },
  {
    name: 'a patch for no object',
    theirs: /no matches for Id|no resource matches strategic merge patch/,
    ours: /no object matches the patch/,
  },
  { name: 'a var without a value', theirs: /field specified in var/, ours: /the var \S+ has no value/ },
  { name: 'a replacement without a source', theirs: /nothing selected by/, ours: /no object is the source/ },
  { name: 'a star in a path', theirs: /wildcard is not supported/, ours: /has a \*, which/ },
  { name: 'a patch for several objects', theirs: /multiple matches for Id/, ours: /objects match the patch/ },
  {
    name: 'a file that is not there',
    theirs: /no such file or directory|doesn't exist|must build at directory|is not directory/,
    ours: /is not in the tree|has no kustomization\.yaml|leads nowhere/,
  },
  {
    name: 'an object without a kind or a name',
    theirs: /missing metadata\.name|Object 'Kind' is missing|missing Resource metadata|kind is empty/,
    ours: /is not a Kubernetes object|has no (?:kind|name)/,
  },
  { name: 'a generator for nothing to merge with', theirs: /behavior must be|no matching/, ours: /merge|replace/ },
  { name: 'text that is no YAML', theirs: /yaml: |MalformedYAML|error converting YAML|json: /, ours: /./ },
];

/** Why both refuse the build; undefined where nothing here says the same. */
export function causeOf(error: string, { problems, gaps }: Rendered): string | undefined {
  const messages = problems.map(({ message }) => message);
  return CAUSES.find(
    ({ theirs, ours, gap }) =>
      theirs.test(error) && (messages.some(message => ours?.test(message)) || gaps.some(({ kind }) => kind === gap)),
  )?.name;
}
