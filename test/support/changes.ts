import type { UnitChange } from '../../src/change/change.ts';
import { compareUnit } from '../../src/change/compare.ts';
import type { Fact } from '../../src/change/fact.ts';
import type { Unit } from '../../src/gitops/unit.ts';
import type { Rendered } from '../../src/kustomize/rendered.ts';
import { objects } from './objects.ts';

/** A unit of a repository, with what a test wants to have otherwise. */
export function unitOf(own: Partial<Unit> = {}): Unit {
  return {
    key: 'shop',
    kind: 'kustomization',
    name: 'shop',
    folders: ['shop/prod'],
    application: undefined,
    environment: 'production',
    client: undefined,
    app: undefined,
    ...own,
  };
}

/** A build without gaps and problems; none where the text is not given. */
export function renderedOf(yaml: string | undefined, own: Partial<Rendered> = {}): Rendered | undefined {
  if (yaml === undefined) return undefined;
  return { objects: yaml.trim() === '' ? [] : objects(yaml), gaps: [], problems: [], files: ['test.yaml'], ...own };
}

/** What a commit from one text to the other does to the unit. */
export function change(before: string | undefined, after: string | undefined, unit: Unit = unitOf()): UnitChange {
  return compareUnit(unit, renderedOf(before), renderedOf(after));
}

/** A fact on one line: `image patch shop/php_fpm: 4.2.0 -> 4.2.1`. */
export function lineOf({ kind, move, subject, from, to, engine }: Fact): string {
  const values = from === undefined && to === undefined ? '' : `: ${from ?? '-'} -> ${to ?? '-'}`;
  return `${kind} ${move} ${subject}${values}${engine === undefined ? '' : ` (${engine})`}`;
}

/** The facts of a change, each on one line. */
export function facts(before: string | undefined, after: string | undefined, unit: Unit = unitOf()): string[] {
  return change(before, after, unit).facts.map(lineOf);
}
