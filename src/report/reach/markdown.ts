import { STEP_NAMES } from '../explanation/words.ts';
import { markdownCode, markdownText } from '../markdown-escape.ts';
import { howMany, where } from '../where.ts';
import type { Reach } from './reach.ts';
import { MOST_FIELDS, stretchText, throughText, unitsIn } from './text.ts';

/** What lines reach, for a comment in a review: the lines, what they set, and what happens when they change. */
export function reachMarkdown(reach: Reach): string {
  const units = unitsIn(reach);
  const { fields, declares, gaps, silent, timeline, radius } = reach;
  const by = throughText(reach);
  const set = fields.filter(({ names }) => !names);
  const sets = set.slice(0, MOST_FIELDS).map(({ label, path, value, later, units: keys }) => {
    const last = later === undefined ? '' : `, which ${markdownCode(later)} sets`;
    const place = keys.length === reach.units.length ? '' : ` in ${markdownText(where(keys, units))}`;
    return `- ${markdownText(label)}: ${markdownCode(path)} = ${markdownCode(value)}${last}${place}`;
  });
  const more = set.length > MOST_FIELDS ? [`- and ${set.length - MOST_FIELDS} more`] : [];
  const named = [...new Set(fields.flatMap(({ names, label }) => (names ? label : [])))];
  const steps = timeline.map(({ kind, subject, text, units: keys }) => {
    const place = keys.length === radius.units.length ? '' : ` (${markdownText(where(keys, units))})`;
    return `- **${STEP_NAMES[kind]}** ${markdownText(`${subject} ${text}`)}${place}`;
  });
  const lines = [
    `**${markdownCode(stretchText(reach.stretch))}**${by === '' ? '' : ` ${markdownText(by)}`}`,
    '',
    ...(silent === undefined ? [] : [`Nothing: ${markdownText(silent)}`]),
    ...sets,
    ...more,
    ...named.map(label => `- names ${markdownText(label)}: another value makes another object in its place`),
    ...declares.map(({ unit }) => `- declares the Application ${markdownText(unit.name)}`),
    ...gaps.map(({ gap }) => `- ${markdownText(gap.what)}: what it brings is not in this repository`),
    ...(steps.length === 0 ? [] : ['', 'When it changes:', '', ...steps]),
    ...(radius.units.length === 0 ? [] : ['', `Reaches ${howMany(radius.units, units)}.`]),
  ];
  return `${lines.join('\n')}\n`;
}
