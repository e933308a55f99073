import { escapeJson } from '../report/escape.ts';
import { exitCodeOf, type LandedView } from './view.ts';

/** The whole view as JSON, by schemas/landed.schema.json. Ends with a line break. */
export function landedJson(view: LandedView): string {
  const { commit, name, title, context, server, at, clockAhead, state, isOutOfTime, back } = view;
  const units = view.units.map(({ change: { unit }, state: own, signals }) => ({
    key: unit.key,
    name: unit.name,
    kind: unit.kind,
    environment: unit.environment,
    client: unit.client ?? null,
    app: unit.app ?? null,
    state: own,
    signals: [...signals].flatMap(([aspect, found]) =>
      found.map(({ state: signal, subject, reason, next }) => ({
        aspect,
        state: signal,
        subject: subject ?? null,
        reason,
        next: next ?? null,
      })),
    ),
  }));
  const told = { version: 1, commit, name, title, context, server, at, clockAhead, state, exitCode: exitCodeOf(view) };
  return `${escapeJson(JSON.stringify({ ...told, outOfTime: isOutOfTime, units, back }, undefined, 2))}\n`;
}
