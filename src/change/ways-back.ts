import { dataRefusal } from '../kubernetes/upgrade-path.ts';
import type { Fact } from './fact.ts';
import { unusualStep } from './upgrade-steps.ts';

/** Why a revert of the commit does not undo the fact; undefined where it does. */
export function oneWay(fact: Fact): string | undefined {
  const { kind, move, engine } = fact;
  if (kind === 'database' && move === 'series') return `the data files of ${engine ?? 'the database'} are converted`;
  if (kind === 'database' && dataRefusal(engine ?? '', fact.to, fact.from)?.certain === true)
    return `${engine} ${fact.from} does not read what ${fact.to} writes`;
  if (kind === 'kubernetes' && (move === 'minor' || move === 'skip')) return 'a control plane does not go back';
  if (kind === 'state' && move === 'removed') return 'the data goes with it';
  return isStepOfNoReturn(fact) ? 'its data is converted' : undefined;
}

/** An upgrade of what never goes back: its reverse is a step that upstream does not take. */
function isStepOfNoReturn({ from, to, ...fact }: Fact): boolean {
  return fact.kind !== 'kubernetes' && unusualStep({ ...fact, from: to, to: from })?.kind === 'back';
}
