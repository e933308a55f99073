/** Lines around a change that are shown. */
const CONTEXT = 3;

/** A stretch of lines in which two texts differ; line numbers count from 0. */
interface Stretch {
  readonly start: number;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** The difference of a file as `git apply` reads it; nothing where there is none. */
export function unifiedDiff(file: string, before: string, after: string): string[] {
  const [old, young] = [linesOf(before), linesOf(after)];
  const stretches = stretchesOf(old, young);
  if (stretches.length === 0) return [];
  const lines = [`--- a/${file}`, `+++ b/${file}`];
  let shift = 0;
  for (const group of grouped(stretches)) {
    const first = group[0]?.start ?? 0;
    const last = group.at(-1);
    const from = Math.max(0, first - CONTEXT);
    const to = Math.min(old.length, (last?.start ?? 0) + (last?.removed.length ?? 0) + CONTEXT);
    const grown = group.reduce((sum, { removed, added }) => sum + added.length - removed.length, 0);
    lines.push(`@@ -${from + 1},${to - from} +${from + 1 + shift},${to - from + grown} @@`);
    let next = from;
    for (const { start, removed, added } of group) {
      lines.push(...old.slice(next, start).flatMap(line => told(' ', line)));
      lines.push(...removed.flatMap(line => told('-', line)), ...added.flatMap(line => told('+', line)));
      next = start + removed.length;
    }
    lines.push(...old.slice(next, to).flatMap(line => told(' ', line)));
    shift += grown;
  }
  return lines;
}

/** With their ends, so that the end of the last one counts. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function told(mark: string, line: string): string[] {
  return line.endsWith('\n') ? [mark + line.slice(0, -1)] : [mark + line, '\\ No newline at end of file'];
}

/**
 * Where two texts differ. Repairs are few and small, so after a difference the texts go on alike at the nearest line
 * that both have.
 */
function stretchesOf(old: readonly string[], young: readonly string[]): Stretch[] {
  const stretches: Stretch[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < young.length) {
    if (old[i] === young[j]) {
      i++;
      j++;
      continue;
    }
    const [down, across] = nextCommon(old, young, i, j);
    stretches.push({ start: i, removed: old.slice(i, i + down), added: young.slice(j, j + across) });
    i += down;
    j += across;
  }
  return stretches;
}

function nextCommon(old: readonly string[], young: readonly string[], i: number, j: number): [number, number] {
  const most = old.length - i + young.length - j;
  for (let distance = 1; distance < most; distance++) {
    for (let down = Math.min(distance, old.length - i); down >= 0; down--) {
      const across = distance - down;
      if (j + across < young.length && i + down < old.length && old[i + down] === young[j + across])
        return [down, across];
    }
  }
  return [old.length - i, young.length - j];
}

/** Stretches whose surroundings touch are one hunk. */
function grouped(stretches: readonly Stretch[]): Stretch[][] {
  const groups: Stretch[][] = [];
  for (const stretch of stretches) {
    const last = groups.at(-1)?.at(-1);
    if (last !== undefined && stretch.start - (last.start + last.removed.length) <= 2 * CONTEXT)
      groups.at(-1)?.push(stretch);
    else groups.push([stretch]);
  }
  return groups;
}
