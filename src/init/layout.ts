import { type Side, standingUnits } from '../change/compare-sides.ts';
import { type Config, DEFAULTS } from '../config/config.ts';
import { dnsOf } from '../gitops/gather-dns.ts';
import type { RepositoryMap } from '../gitops/map.ts';
import type { Environment, Unit } from '../gitops/unit.ts';
import { parseReference } from '../image/reference.ts';
import { imagesOf } from '../kubernetes/workload.ts';
import { membership } from '../rule/image-families.ts';

/** What a repository deploys, as its configuration tells it. */
export interface Layout {
  readonly units: readonly Pick<Unit, 'kind' | 'environment'>[];
  readonly clients: readonly string[];
  /** The words that name its environments, of those that are known. */
  readonly words: Config['environments'];
  /** Images of one code base that carry one tag. */
  readonly families: readonly (readonly string[])[];
  readonly dns: { readonly zones: readonly string[]; readonly files: readonly string[] };
  /** The file that states the versions of upstream components; undefined where the usual one is not there. */
  readonly versions: string | undefined;
}

/** Renders every unit once. */
export async function layoutOf(map: RepositoryMap): Promise<Layout> {
  const side: Side = { map, renderer: map.renderer };
  const changes = await standingUnits(side);
  const dns = await dnsOf(map.tree, DEFAULTS);
  const units = changes.map(({ unit }) => unit);
  const images = changes.flatMap(({ after }) => (after?.objects ?? []).flatMap(imagesOf).map(({ text }) => text));
  return {
    units,
    clients: sorted(units.flatMap(({ client }) => client ?? [])),
    words: {
      production: wordsIn(units, 'production'),
      staging: wordsIn(units, 'staging'),
      development: wordsIn(units, 'development'),
    },
    families: familiesOf(images),
    dns: { zones: sorted(dns.zones), files: sorted(dns.records.map(({ span }) => span.source.file)) },
    versions: (await map.tree.entry(DEFAULTS.versions)) === undefined ? undefined : DEFAULTS.versions,
  };
}

function wordsIn(units: readonly Unit[], environment: Exclude<Environment, 'unknown'>): string[] {
  const own = units.filter(unit => unit.environment === environment);
  const texts = own.flatMap(({ name, folders }) =>
    [name, ...folders].flatMap(text => text.toLowerCase().split(/[-_./]/)),
  );
  return DEFAULTS.environments[environment].filter(word => texts.includes(word));
}

function familiesOf(images: readonly string[]): string[][] {
  const families = new Map<string, Set<string>>();
  for (const text of images) {
    const image = parseReference(text);
    const member = image === undefined ? undefined : membership(image, []);
    if (image === undefined || member === undefined) continue;
    families.set(member.family, (families.get(member.family) ?? new Set()).add(image.repository));
  }
  return [...families.values()].filter(members => members.size > 1).map(members => sorted([...members]));
}

function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}
