import type { UnitChange } from '../change/change.ts';
import type { Side } from '../change/compare-sides.ts';
import type { Fact } from '../change/fact.ts';
import type { Config } from '../config/config.ts';
import { minutesOf } from '../config/gate.ts';
import type { Repository } from '../git/repository.ts';
import type { Tree } from '../git/tree.ts';
import { definitionsFor } from '../gitops/definitions.ts';
import { answerFor, type DnsAnswer, type DnsRecords } from '../gitops/dns.ts';
import { objectsAtRisk, type ServedApis, statedKubernetes } from '../gitops/gather-apis.ts';
import { dnsOf } from '../gitops/gather-dns.ts';
import { issuersOf } from '../gitops/issuers.ts';
import { neighboursOf } from '../gitops/neighbours.ts';
import { renderUnit } from '../gitops/render-unit.ts';
import { type Schemas, schemasFor } from '../gitops/schemas.ts';
import { gatherStaging } from '../gitops/staging.ts';
import { gatherSurroundings, type LookedAt, NO_SURROUNDINGS } from '../gitops/surroundings.ts';
import { issuerOf } from '../kubernetes/issuers.ts';
import { idKey, type KubeObject } from '../kubernetes/object.ts';
import { removedApi } from '../kubernetes/removed-apis.ts';
import type { Knowledge } from '../rule/knowledge.ts';
import type { Evidence } from './obligations.ts';
import { productionMoves, stagingQuestions } from './staging-questions.ts';
import type { RiskTable } from './table.ts';

/** Nothing was asked of DNS, so nothing is known of it. */
const NOT_ASKED: DnsRecords = { records: [], zones: [], externalDns: [], incomplete: ['DNS was not looked up'] };

/** What rules and obligations need to know beyond the units; only what some fact asks for is looked up. */
export async function gatherKnowledge(input: {
  readonly changes: readonly UnitChange[];
  readonly config: Config;
  readonly table: RiskTable;
  readonly before: Side;
  readonly after: Side;
  readonly repository: Repository;
  /** The package's folder. */
  readonly home: string;
  /** The commit before the change; undefined for HEAD. */
  readonly start: string | undefined;
  readonly revert: boolean;
  /** The paths that differ; undefined where a tree is looked at as it stands. */
  readonly changed: ReadonlySet<string> | undefined;
  /** The moment up to which a version's time on staging counts; undefined where nothing tells. */
  readonly now: Date | undefined;
  /** Staging is asked about every version that moves in production, and not only where the table wants it. */
  readonly allMoves: boolean;
}): Promise<Knowledge> {
  const { changes, config, table, before, after, repository, home, start, revert, changed, now, allMoves } = input;
  const asked = [...stagingQuestions({ changes, revert }, table), ...(allMoves ? productionMoves(changes) : [])];
  const soak = minutesOf(config.staging.soak);
  const asksForDns = changes.some(({ facts }) => facts.some(isNewHostname));
  const surroundings = ({ map }: Side, side: 'before' | 'after') => {
    const units = changes.flatMap(({ unit, [side]: rendered }) => (rendered === undefined ? [] : [{ unit, rendered }]));
    return gatherSurroundings(map, units, config, path => changed === undefined || changed.has(path));
  };
  const [dns, staging, apis, schemas, here, there, neighbours, clients, issuers] = await Promise.all([
    asksForDns ? dnsOf(after.map.tree, config) : NOT_ASKED,
    gatherStaging(asked, { before, repository, start, now, soak }),
    gatherApis(changes, after),
    gatherSchemas(changes, home, after.map.tree),
    surroundings(after, 'after'),
    changed === undefined ? NO_SURROUNDINGS : surroundings(before, 'before'),
    changed === undefined ? [] : gatherNeighbours(changes, after),
    gatherClients(changes, after),
    gatherIssuers(changes, after.map.tree),
  ]);
  const standing = { here, before: there, changed: changed ?? new Set<string>() };
  return { config, dns, staging, apis, schemas, ...standing, neighbours, clients, issuers };
}

async function gatherApis(changes: readonly UnitChange[], { map, renderer }: Side): Promise<ServedApis> {
  const asksForVersion = changes.some(({ after }) => after?.objects.some(object => removedApi(object) !== undefined));
  const upgrades = changes.some(({ facts }) => facts.some(isUpgrade));
  return {
    versions: asksForVersion ? await statedKubernetes(map) : [],
    atRisk: upgrades ? await objectsAtRisk(map, renderer) : [],
  };
}

/** Looked for where a host is new and asks for a certificate. */
export async function gatherIssuers(changes: readonly UnitChange[], tree: Tree): Promise<readonly KubeObject[]> {
  const asks = changes.some(({ facts, after }) => {
    const hosts = new Set(facts.filter(isNewHostname).map(({ object }) => object && idKey(object)));
    return after?.objects.some(object => hosts.has(idKey(object.id)) && issuerOf(object) !== undefined) === true;
  });
  return asks ? issuersOf(tree) : [];
}

/** Where something is new, it matters who else has it. */
export async function gatherNeighbours(changes: readonly UnitChange[], after: Side): Promise<readonly LookedAt[]> {
  const growing = changes.filter(
    change => change.changes.some(({ kind }) => kind === 'added') || change.facts.some(isNewHostname),
  );
  const known = new Set(changes.map(({ unit }) => unit.key));
  return growing.length === 0
    ? []
    : neighboursOf(
        growing.map(({ unit }) => unit),
        known,
        after,
      );
}

/** A new client is held against those that are there: all their units are rendered, which is seldom asked. */
export async function gatherClients(changes: readonly UnitChange[], after: Side): Promise<readonly LookedAt[]> {
  const added = changes.flatMap(({ facts }) => facts.filter(({ kind, move }) => kind === 'client' && move === 'added'));
  if (added.length === 0) return [];
  const { map, renderer } = after;
  const others = (await map.units()).filter(
    ({ client }) => client !== undefined && !added.some(fact => fact.subject === client),
  );
  return Promise.all(others.map(async unit => ({ unit, rendered: await renderUnit(unit, renderer, map.tree) })));
}

/** A definition is looked for in the tree only for what the commit adds or changes. */
export function gatherSchemas(changes: readonly UnitChange[], home: string, tree: Tree): Promise<Schemas> {
  const objects = changes.flatMap(({ before, after }) => [...(after?.objects ?? []), ...(before?.objects ?? [])]);
  const touched = new Set(
    changes.flatMap(unit => unit.changes.flatMap(change => (change.kind === 'removed' ? [] : change.after))),
  );
  return schemasFor(objects, home, async unknown => {
    const asked = unknown.filter(object => touched.has(object));
    return asked.length === 0 ? [] : definitionsFor(tree, asked);
  });
}

function isUpgrade({ kind, move }: Fact): boolean {
  return kind === 'kubernetes' && (move === 'minor' || move === 'skip');
}

function isNewHostname({ kind, move }: Fact): boolean {
  return kind === 'hostname' && move === 'added';
}

/** The same knowledge as the obligations ask for it. */
export function evidenceFrom(knowledge: Knowledge, changes: readonly UnitChange[]): Evidence {
  const objects = new Map(
    changes.flatMap(({ unit, after }) =>
      (after?.objects ?? []).map(object => [`${unit.key} ${idKey(object.id)}`, object] as const),
    ),
  );
  const dns = (host: string, unit: string): DnsAnswer => {
    const facts = changes.find(change => change.unit.key === unit)?.facts ?? [];
    const fact = facts.find(({ kind, subject }) => kind === 'hostname' && subject === host);
    const object = fact?.object === undefined ? undefined : objects.get(`${unit} ${idKey(fact.object)}`);
    if (object === undefined) return { state: 'unknown', reason: 'the object that serves it is not known' };
    return answerFor(host, object, knowledge.dns);
  };
  return { staging: knowledge.staging, dns };
}
