import type { ObjectChange, UnitChange } from '../../src/change/change.ts';
import type { Fact } from '../../src/change/fact.ts';
import { DEFAULTS } from '../../src/config/config.ts';
import { messageOf } from '../../src/git/message.ts';
import type { Application, Environment, Unit } from '../../src/gitops/unit.ts';
import type { KubeObject, ObjectId } from '../../src/kubernetes/object.ts';
import type { Rendered } from '../../src/kustomize/rendered.ts';
import type { Result } from '../../src/report/result.ts';
import type { Level, Obligation, Reason, Verdict } from '../../src/risk/verdict.ts';
import type { Finding } from '../../src/rule/finding.ts';
import { Source, type Span } from '../../src/yaml/node.ts';

/** Hand-made results for tests of reports. Each builder takes what matters to the test and fills in the rest. */

/** The place of the first occurrence of `marked` in a text. */
export function spanIn(file: string, content: string, marked: string): Span {
  const start = content.indexOf(marked);
  if (start < 0) throw new Error(`${marked} is not in the text of ${file}`);
  return { source: new Source(file, content), start, end: start + marked.length };
}

/** A place in a file of which only the line matters. */
export function spanAt(file: string, line: number): Span {
  const source = new Source(file, `${'\n'.repeat(line - 1)}value\n`);
  return { source, start: line - 1, end: line + 4 };
}

export function unit(client: string, app: string, environment: Environment, more: Partial<Unit> = {}): Unit {
  const short = environment === 'production' ? 'prod' : environment;
  return {
    key: `app-${client}-${app}-${short}`,
    kind: 'application',
    name: `app-${client}-${app}-${short}`,
    folders: [`clients/${client}/${app}/overlays/${short}`],
    application: undefined,
    environment,
    client,
    app,
    ...more,
  };
}

export function objectId(kind: string, name: string, group = 'apps', namespace = 'shop'): ObjectId {
  return { group, kind, namespace, name };
}

export function fact(unitKey: string, more: Partial<Fact> & Pick<Fact, 'kind' | 'move' | 'subject' | 'span'>): Fact {
  return { unit: unitKey, object: undefined, from: undefined, to: undefined, side: 'after', ...more };
}

export function unitChange(of: Unit, facts: readonly Fact[], changes: readonly ObjectChange[] = []): UnitChange {
  const rendered: Rendered = { objects: [], gaps: [], problems: [], files: [] };
  return { unit: of, before: rendered, after: rendered, changes, facts };
}

export function reason(level: Level, title: string, facts: readonly Fact[], more: Partial<Reason> = {}): Reason {
  return {
    row: title.replaceAll(' ', '-'),
    level,
    title,
    why: 'it may need a database migration',
    shape: 'rolling update',
    facts,
    ...more,
  };
}

export function obligation(more: Partial<Obligation> & Pick<Obligation, 'title' | 'state' | 'evidence'>): Obligation {
  return { id: more.title.replaceAll(' ', '-'), rows: [], units: [], ...more };
}

export function verdict(level: Level, more: Partial<Verdict> = {}): Verdict {
  return { level, reasons: [], obligations: [], consult: [], ...more };
}

export function finding(span: Span, more: Partial<Finding> = {}): Finding {
  return {
    rule: 'siblings-out-of-step',
    severity: 'error',
    message: 'php_cli stays at 4.99.10.0-wecare while php_fpm moves to 4.99.11.0-wecare',
    why: 'Web and workers would run different code against one database schema.',
    fix: 'Set newTag to 4.99.11.0-wecare.',
    units: [],
    sightings: [],
    span,
    ...more,
  };
}

/** A commit of a range, with a message of its title and body. */
export function commitLine(
  commit: string,
  title: string,
  level: Level,
  { body = '', errors = 0, ...more }: Partial<Verdict> & { readonly body?: string; readonly errors?: number } = {},
): Result['commits'][number] {
  const message = messageOf({ subject: title, body });
  return { commit, title, message, isMerge: false, verdict: verdict(level, more), errors };
}

/** A result of what is staged, with nothing in it. */
export function result(more: Partial<Result> = {}): Result {
  return {
    subject: { kind: 'staged', commit: undefined, title: undefined, base: undefined, parents: [] },
    config: DEFAULTS,
    verdict: verdict('none'),
    units: [],
    findings: [],
    staging: [],
    allowed: [],
    baselined: [],
    unknowns: [],
    incomplete: [],
    files: { seen: [], analysed: [], skipped: [] },
    commits: [],
    ...more,
  };
}

export function rendered(objects: readonly KubeObject[]): Rendered {
  return { objects, gaps: [], problems: [], files: [] };
}

/** An Argo CD Application that syncs and heals by itself. */
export function application(name: string, namespace: string): Application {
  return {
    name,
    file: `argocd/${name}.yaml`,
    project: 'default',
    cluster: 'in-cluster',
    namespace,
    sources: [],
    automated: true,
    prune: true,
    selfHeal: true,
    cascades: false,
  };
}
