import type { UnitChange } from '../change/change.ts';
import type { UnitState } from '../rule/rule.ts';
import type { Said } from './cel/check.ts';
import type { CompiledRule } from './cel/compile.ts';

const NOTHING: Said = { findings: [], undecided: [] };

/** What the rules of the team say of a change. Loads nothing where there are none. */
export async function askAboutChanges(team: readonly CompiledRule[], changes: readonly UnitChange[]): Promise<Said> {
  return team.length === 0 ? NOTHING : (await import('./cel/check.ts')).checkTeamRules(team, changes);
}

/** The same of what stands. */
export async function askAboutStates(team: readonly CompiledRule[], states: readonly UnitState[]): Promise<Said> {
  return team.length === 0 ? NOTHING : (await import('./cel/check.ts')).checkStanding(team, states);
}
