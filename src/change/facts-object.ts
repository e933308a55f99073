import type { KubeObject } from '../kubernetes/object.ts';
import { idKey, idLabel } from '../kubernetes/object.ts';
import { text } from '../yaml/node.ts';
import { type Aspect, calledBy, dotted, type Modified, sideOf } from './aspect.ts';
import type { FieldChange } from './change.ts';
import { applications, hookOf } from './facts-application.ts';
import { autoscaling } from './facts-autoscaler.ts';
import { clusters } from './facts-cluster.ts';
import { configuration, newVariables } from './facts-config.ts';
import { definitions } from './facts-crd.ts';
import { environment } from './facts-env.ts';
import { isHostField } from './facts-hosts.ts';
import { identity } from './facts-identity.ts';
import { images } from './facts-image.ts';
import { immutableStatements } from './facts-immutable.ts';
import { network } from './facts-network.ts';
import { operated } from './facts-operated.ts';
import { rbac } from './facts-rbac.ts';
import { replicas } from './facts-replicas.ts';
import { security } from './facts-security.ts';
import { aboutClaims, aboutState, databases, isVolumeClaim, stateOf } from './facts-state.ts';
import { generatedNames, workload } from './facts-workload.ts';
import { told } from './item-names.ts';
import { printableNode } from './printable.ts';
import { placeOf, type Statement } from './statement.ts';

/** Each is asked in turn for the fields that none before it has described. */
const ASPECTS: readonly Aspect[] = [
  generatedNames,
  databases,
  clusters,
  operated,
  images,
  environment,
  configuration,
  autoscaling,
  replicas,
  rbac,
  network,
  security,
  identity,
  definitions,
  applications,
];

/** What the unit as a whole says about its objects. */
export interface Surroundings {
  /** Objects with a hostname that is new or gone, by `idKey`. */
  readonly hosts: ReadonlySet<string>;
  /** ConfigMaps and Secrets that a database reads, by `idKey`, with the engine. */
  readonly databaseConfig: ReadonlyMap<string, string>;
  /** ConfigMaps and Secrets of which pods make a variable a key, by `idKey`. */
  readonly environment: ReadonlySet<string>;
  /** Something is known to apply the unit, or to build it. */
  readonly isApplied: boolean;
}

/** What a change to an object comes to. One statement at least, so that no change is lost. */
export function modifiedStatements(change: Modified, surroundings: Surroundings): Statement[] {
  const key = idKey(change.after.id);
  const immutable = immutableStatements(change, surroundings.isApplied);
  const fixed = new Set(immutable.map(({ subject }) => subject));
  let left = change.fields;
  const described: Statement[] = [];
  const ask = (aspect: Aspect) => {
    const claimed = left.filter(field => aspect.claims(field, change));
    const statements = claimed.length > 0 ? aspect.state(claimed, change) : [];
    described.push(...statements);
    if (statements.length > 0) left = left.filter(field => !claimed.includes(field));
  };
  if (surroundings.environment.has(key)) ask(newVariables);
  for (const aspect of ASPECTS) ask(aspect);
  left = left.filter(({ path }) => !fixed.has(dotted(path)));
  ask(workload);
  if (surroundings.hosts.has(key)) left = left.filter(field => !isHostField(field, change));
  if (described.length > 0) left = left.filter(({ path }) => dotted(path) !== 'metadata.name');
  const [metadata, content] = [left.filter(isMetadata), left.filter(field => !isMetadata(field))];
  const engine = stateOf(change.after) ?? surroundings.databaseConfig.get(key);
  const claims = engine === undefined ? content.filter(isVolumeClaim) : [];
  const others = content.filter(field => !claims.includes(field));
  described.push(...restStatements(others, change), ...restStatements(claims, change).map(aboutClaims));
  const about = engine === undefined ? described : described.map(statement => aboutState(statement, engine));
  return withoutRepeats([...immutable, ...about, ...restStatements(metadata, change)]);
}

/** Two containers that get the same variable, or move to the same image, are told once. */
function withoutRepeats(statements: readonly Statement[]): Statement[] {
  const told = new Map<string, Statement>();
  for (const statement of statements) {
    const { kind, move, subject, from, to } = statement;
    const key = JSON.stringify([kind, move, subject, from, to]);
    if (!told.has(key)) told.set(key, statement);
  }
  return [...told.values()];
}

function isMetadata({ path }: FieldChange): boolean {
  return path[0] === 'metadata' || path[0] === 'sops';
}

const MOST_NAMED = 3;

/** The fields that no aspect has words for, as one statement. */
function restStatements(fields: readonly FieldChange[], change: Modified): Statement[] {
  const { after } = change;
  const [first] = fields;
  if (first === undefined) return [];
  const place = placeOf(first.before, first.after, after.root);
  const hook = hookOf(after);
  const prefix = hook === undefined ? idLabel(after.id) : `${hook} hook ${idLabel(after.id)}`;
  // An item that gives way to another has one path on both sides.
  const paths = [...new Set(fields.map(field => told(sideOf(field, change).root, field.path)))];
  const names = paths.slice(0, MOST_NAMED);
  const more = paths.length - names.length;
  const subject = `${prefix}: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  const shown = fields.length === 1 && !isSecret(after) ? valuesOf(first, change) : {};
  const hasValues = shown.from !== undefined || shown.to !== undefined;
  return [
    { kind: 'object', move: 'modified', subject: `${subject}${hasValues ? '' : presence(fields)}`, ...shown, ...place },
  ];
}

/** Said where no field was there before, or none is there after. */
function presence(fields: readonly FieldChange[]): string {
  if (fields.every(({ before }) => before === undefined)) return ' added';
  return fields.every(({ after }) => after === undefined) ? ' removed' : '';
}

function valuesOf(field: FieldChange, change: Modified): Pick<Statement, 'from' | 'to'> {
  const name = calledBy(field, change);
  return { from: printableNode(name, field.before), to: printableNode(name, field.after) };
}

function isSecret(object: KubeObject): boolean {
  return object.id.kind === 'Secret' || text(object.root, 'sops', 'mac') !== undefined;
}
