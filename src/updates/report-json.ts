import { escapeJson } from '../report/escape.ts';
import type { Row } from './check.ts';
import { notesOf } from './origin.ts';
import type { Release } from './release.ts';

/** Rises when a field changes its meaning or goes away; new fields do not raise it. */
const VERSION = 1;

/** The contract for programs: `schemas/updates.schema.json` describes it. What is absent is null. */
export function updatesJson(rows: readonly Row[], tool: string): string {
  const report = { version: VERSION, tool: { name: 'deploy-lint', version: tool }, components: rows.map(componentOf) };
  return `${escapeJson(JSON.stringify(report, undefined, 2))}\n`;
}

function componentOf(row: Row) {
  const { component, origin, source, allowed, newest, why, steps } = row;
  const releaseOf = (release: Release | undefined) =>
    release === undefined
      ? null
      : {
          version: release.version,
          tag: release.tag,
          date: release.date ?? null,
          appVersion: release.appVersion ?? null,
          notes: (origin && notesOf(origin, release)) ?? null,
        };
  return {
    name: component.name.text,
    current: component.version.text,
    class: row.class,
    allowed: releaseOf(allowed),
    newest: releaseOf(newest),
    why,
    steps,
    source: source ?? null,
    files: component.files.map(({ path }) => path.text),
  };
}
