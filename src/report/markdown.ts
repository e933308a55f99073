import { alike } from './blocks.ts';
import { type Explanation, explanationOf, lowerReasons } from './explanation/explanation.ts';
import { firstOfEach } from './explanation/landed.ts';
import type { ObjectDiff } from './explanation/objects.ts';
import { timeLine } from './explanation/pace.ts';
import { reachedInWords } from './explanation/radius.ts';
import { RESTORES, STEP_NAMES } from './explanation/words.ts';
import { type Forge, forgeOf } from './forge.ts';
import { count, list } from './line.ts';
import { markdownBlock, markdownCode, markdownText, mermaidLabel } from './markdown-escape.ts';
import type { Objection } from './objection.ts';
import { type FileLines, type Location, placeText } from './place.ts';
import type { Result } from './result.ts';
import type { Review } from './review.ts';
import { previewText } from './review-lines.ts';
import { howMany, type Units, unitsOf, where } from './where.ts';

/** Characters of the whole: GitHub takes 65,536 in a comment, and a pipeline may want to add a line of its own. */
const LIMIT = 60_000;

/** Characters of one part, and lines of it, before the rest is only counted. */
const PART_LIMIT = 16_000;
const MOST = 60;

/** Files of one change. */
const MOST_FILES = 3;

/** Left free for the line that says what was cut. */
const RESERVE = 800;

interface Setting {
  readonly explanation: Explanation;
  readonly review: Review | undefined;
  readonly files: Result['files'];
  readonly units: Units;
  readonly forge: Forge;
}

interface Part {
  readonly title: string;
  /** Blocks of Markdown; the part is cut between two of them. */
  readonly blocks: readonly string[];
  /** Shown without a fold. */
  readonly open?: boolean;
}

/** The explanation for a pull request: the verdict in the first line, the rest in folds, and what was cut by name. */
export function markdown(result: Result, env: Readonly<Record<string, string | undefined>>): string {
  const { subject } = result;
  const forge = forgeOf(env, { before: subject.base ?? subject.parents[0], after: subject.commit });
  const { review, files } = result;
  const setting: Setting = { explanation: explanationOf(result), review, files, units: unitsOf(result), forge };
  const parts = [
    gate(setting),
    mistakes(setting),
    changes(setting),
    happening(setting),
    radius(setting),
    before(setting),
    landed(setting),
    back(setting),
    unknown(setting),
    objects(setting),
    lookedAt(setting),
  ].filter(({ blocks }) => blocks.length > 0);
  let text = heading(setting);
  const cut: string[] = [];
  for (const part of parts) {
    const told = partText(part);
    if (text.length + told.length > LIMIT - RESERVE) cut.push(part.title.toLowerCase());
    else text += told;
  }
  const left = `\nThis would be longer than a comment may be, so these parts are not here: ${cut.join(', ')}. ${markdownCode('deploy-lint --explain --format html')} has them.\n`;
  return `${text}${cut.length === 0 ? '' : left}`;
}

/** Longest title that is shown whole, in characters; nobody reads a longer one. */
const LONGEST_TITLE = 300;

function heading({ explanation, review, units }: Setting): string {
  const { level, name, reasons, nothing, consult } = explanation;
  const title = review === undefined ? explanation.title : `${review.name}${review.passes ? '' : ' does not pass'}`;
  const told = title.length > LONGEST_TITLE ? `${[...title].slice(0, LONGEST_TITLE).join('')}...` : title;
  const first =
    `**${level === 'none' ? 'no risk' : level.toUpperCase()}** ${markdownCode(name)} ${markdownText(told)}`.trimEnd();
  const top = reasons.filter(reason => reason.level === level);
  const lines = top.slice(0, 20).map(reason => {
    const shape = reason.shape === '' ? '' : ` (${reason.shape})`;
    const place = where(reason.units, units);
    return `- **${reason.level}** ${markdownText(`${place}: ${reason.title}${shape}`)}: ${markdownText(reason.why)}`;
  });
  const lower = lowerReasons(explanation).map(({ level: own, titles, units: keys }) => {
    return `- **${own}** ${markdownText(`${titles.join(', ')} in ${howMany(keys, units)}`)}`;
  });
  const more = [...(top.length > 20 ? [`- and ${count(top.length - 20, 'more reason')}`] : []), ...lower];
  const ask = consult.length === 0 ? [] : ['', `Ask first: ${markdownText(list(consult, 9))}`];
  return [first, '', ...(nothing === undefined ? [] : [markdownText(nothing)]), ...lines, ...more, ...ask, ''].join(
    '\n',
  );
}

function partText({ title, blocks, open }: Part): string {
  const kept: string[] = [];
  let length = 0;
  for (const block of blocks.slice(0, MOST)) {
    length += block.length + 1;
    if (length > PART_LIMIT) break;
    kept.push(block);
  }
  const rest = blocks.length - kept.length;
  const body = [
    ...kept.join('\n').trimEnd().split('\n'),
    ...(rest === 0 ? [] : ['', `and ${rest} more, which the page has`]),
  ].join('\n');
  if (open === true) return `\n### ${title}\n\n${body}\n`;
  return `\n<details><summary>${title}</summary>\n\n${body}\n\n</details>\n`;
}

/** What CI says of it: what stops it and how to go on, and what its own policy would have said. */
function gate({ review }: Setting): Part {
  if (review === undefined) return { title: '', blocks: [] };
  const { differs, stops, notes } = review.answer;
  const preview = review.preview && `By the policy that this change brings: ${previewText(review.preview)}`;
  const blocks = [
    ...stops.map(stop => objectionText('stopped', stop)),
    ...[...differs, ...notes].map(note => objectionText('note', note)),
    ...(preview === undefined ? [] : [`- **policy** ${markdownText(preview)}`]),
  ];
  return { title: stops.length > 0 ? 'What stops it' : 'To know', blocks, open: true };
}

function objectionText(word: string, { what, why, goOn }: Objection): string {
  return [
    `- **${word}** ${markdownText(what)}`,
    ...why.map(line => `  ${markdownText(line)}`),
    ...goOn.flatMap(({ say, copy }) => [`  ${markdownText(say)}`, ...copy.map(line => `  ${markdownCode(line)}`)]),
  ].join('\n');
}

function before({ explanation, units }: Setting): Part {
  const blocks = explanation.checklist.map(({ state, title, evidence, commands, units: keys }) => {
    const place = keys.length === 0 || keys.length === units.size ? '' : `${where(keys, units)}: `;
    const known = state === 'unknown' ? ' (not known from here)' : '';
    const first = `- [${state === 'met' ? 'x' : ' '}] **${markdownText(title)}**${known}: ${markdownText(`${place}${evidence}`)}`;
    return [first, ...commands.map(command => `  - ${markdownCode(command)}`)].join('\n');
  });
  return { title: 'Before you push', blocks, open: true };
}

function mistakes({ explanation, units, forge }: Setting): Part {
  const blocks = explanation.findings.map(({ severity, rule, message, fix, place, units: keys }) => {
    const what = `- **${severity}** ${markdownText(message)}`;
    const at = keys.length === 0 ? '' : `${markdownText(where(keys, units))}, `;
    return `${what}\n  ${markdownCode(rule)}, ${at}${linkTo(place, forge)}\n  Fix: ${markdownText(fix)}`;
  });
  return { title: 'Mistakes', blocks, open: true };
}

function changes({ explanation, units, forge }: Setting): Part {
  const blocks = explanation.changes.flatMap(({ units: keys, changes: own }) => [
    `**${markdownText(where(keys, units))}**`,
    ...own.map(({ text, level, places, side }) => {
      const linked = places.slice(0, MOST_FILES).map(place => link(place, side, forge));
      const rest = places.length - linked.length;
      const more = rest === 0 ? '' : ` and ${count(rest, 'more file')}`;
      return `- ${markdownText(text)} (${level}) ${linked.join(', ')}${more}`;
    }),
    '',
  ]);
  return { title: 'What changes', blocks, open: true };
}

function unknown({ explanation, units, forge }: Setting): Part {
  const blocks = [...explanation.unknowns, ...explanation.incomplete].map(({ what, why, hint, place, units: keys }) => {
    const at = place === undefined ? '' : `, ${linkTo(place, forge)}`;
    const see = hint === undefined ? '' : `\n  ${markdownCode(hint)}`;
    return `- **${markdownText(what)}** in ${markdownText(where(keys, units))}${at}: ${markdownText(why)}${see}`;
  });
  return { title: 'What is not known', blocks, open: true };
}

function happening({ explanation, units }: Setting): Part {
  const all = explanation.units.length;
  const blocks = explanation.timeline.map(({ kind, wave, subject, text, because, pace, units: keys }, i) => {
    const place = keys.length === all ? '' : ` (${where(keys, units)})`;
    const inWave = wave === undefined ? '' : ` in wave ${wave}`;
    const first = `${i + 1}. **${STEP_NAMES[kind]}**${inWave} ${markdownText(`${subject} ${text}${place}`)}`;
    const time = pace?.time === undefined ? [] : [`   - ${markdownText(timeLine(pace.time))}`];
    return [first, ...(because === undefined ? [] : [`   - why: ${markdownText(because)}`]), ...time].join('\n');
  });
  return { title: 'What happens in the cluster', blocks };
}

function radius({ explanation, units }: Setting): Part {
  const { radius: reach, picture } = explanation;
  if (reach.units.length === 0) return { title: '', blocks: [] };
  const facts = [howMany(reach.units, units), ...reachedInWords(reach, 6)];
  const drawing = [
    'flowchart LR',
    ...picture.boxes.map(({ id, label, level, column, units: own }) => {
      const many = column === 'workloads' && own.length > 1 ? ` in ${own.length} units` : '';
      return `  ${id}["${mermaidLabel(`${label}${many}`)}"]:::${level}`;
    }),
    ...picture.links.map(([from, to]) => `  ${from} --> ${to}`),
    '  classDef high fill:#fde8eb,stroke:#b3132b,color:#1b1f26',
    '  classDef medium fill:#fff1dc,stroke:#8a4b00,color:#1b1f26',
    '  classDef low fill:#e4f5ea,stroke:#1b6b3a,color:#1b1f26',
    '  classDef none fill:#eceef2,stroke:#545d6b,color:#1b1f26',
  ];
  return { title: 'Whom it reaches', blocks: [markdownText(facts.join(', ')), '', markdownBlock('mermaid', drawing)] };
}

function landed({ explanation }: Setting): Part {
  const looks = firstOfEach(explanation.looks, 4).flatMap(({ looks: own, more }) => [
    ...own.map(({ command, shows }) => `- ${markdownCode(command)}: ${markdownText(shows)}`),
    ...(more === 0 ? [] : [`- and ${more} more like it`]),
  ]);
  const links = explanation.links.map(({ title, address, query }) => {
    return `- ${markdownText(title)}: ${markdownCode(address ?? query ?? '')}`;
  });
  return { title: 'How to see that it landed', blocks: [...looks, ...links] };
}

function back({ explanation }: Setting): Part {
  const { commands, when, restores, stays, notes } = explanation.back;
  if (explanation.units.length === 0) return { title: '', blocks: [] };
  const blocks = [
    markdownBlock('sh', commands),
    ...(when === undefined ? [] : [when]),
    '',
    RESTORES[restores],
    ...stays.map(line => `- ${markdownText(line)}`),
    ...(notes.length === 0 ? [] : ['', 'To know on the way:']),
    ...notes.map(line => `- ${markdownText(line)}`),
  ];
  return { title: 'How to go back', blocks };
}

function objects({ explanation, units }: Setting): Part {
  const blocks = explanation.objects.map(diff => objectText(diff, units));
  return { title: 'The objects that differ', blocks };
}

function objectText({ kind, label, fields, units: keys }: ObjectDiff, units: Units): string {
  const lines = fields.flatMap(({ path, before: old, after: now }) => [
    ` ${path}`,
    ...(old?.lines ?? []).map(line => `-${line}`),
    ...(now?.lines ?? []).map(line => `+${line}`),
  ]);
  return `**${markdownText(label)}** ${kind} in ${markdownText(where(keys, units))}\n\n${markdownBlock('diff', lines)}\n`;
}

/** Every file of the change is analysed, or left out with a reason. */
function lookedAt({ files }: Setting): Part {
  const { seen, analysed, skipped } = files;
  const title = `${count(seen.length, 'file')}: ${analysed.length} analysed, ${skipped.length} left out`;
  const blocks = alike(skipped, ({ reason }) => [reason]).map(same => {
    const paths = list(
      same.map(({ path }) => path),
      6,
    );
    return `- **${markdownText(paths)}** ${markdownText(same[0].reason)}`;
  });
  if (seen.length === 0) return { title, blocks };
  return { title, blocks: blocks.length === 0 ? ['Each of them was looked at.'] : blocks };
}

function linkTo({ file, line }: Location, forge: Forge): string {
  return link({ file, lines: [line] }, 'after', forge);
}

function link(place: FileLines, side: 'before' | 'after', forge: Forge): string {
  const address = forge({ file: place.file, line: place.lines[0] ?? 1, side });
  const text = markdownCode(placeText(place));
  return address === undefined ? text : `[${text}](<${address.replace(/[<>\s]/g, encodeURIComponent)}>)`;
}
