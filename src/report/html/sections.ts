import { type Explanation, lowerReasons } from '../explanation/explanation.ts';
import { firstOfEach, type Look } from '../explanation/landed.ts';
import type { FieldDiff, FieldSide, ObjectDiff } from '../explanation/objects.ts';
import { timeLine } from '../explanation/pace.ts';
import type { Step } from '../explanation/timeline.ts';
import { RESTORES, STEP_NAMES } from '../explanation/words.ts';
import type { Forge } from '../forge.ts';
import { count, list } from '../line.ts';
import type { FileLines, Location } from '../place.ts';
import { html, type Markup, webAddress } from './html.ts';

/** What a section needs beside the explanation. */
export interface Setting {
  readonly explanation: Explanation;
  readonly forge: Forge;
  /** Units as people call them. */
  readonly named: (keys: readonly string[]) => string;
  /** The number of a unit on the page, for its filters. */
  readonly index: (key: string) => number;
}

type Side = 'before' | 'after';

export function verdict({ explanation, named }: Setting): Markup {
  const { level, name, title, reasons, nothing, consult } = explanation;
  const top = reasons.filter(reason => reason.level === level);
  const told = top.map(
    reason => html`<li><span class="level ${reason.level}">${reason.level}</span> <b>${reason.title}</b> in ${named(reason.units)}${reason.shape === '' ? '' : `: ${reason.shape}`}
<p class="why">${reason.why}</p></li>`,
  );
  const lower = lowerReasons(explanation).map(
    own =>
      html`<li><span class="level ${own.level}">${own.level}</span> ${own.titles.join(', ')} in ${named(own.units)}</li>`,
  );
  const chips = explanation.checklist.map(({ title: asked, state }) => {
    const chip = html`<span class="${state}">${asked} <span class="state">${state}</span></span> `;
    return [`${asked} ${state}`, chip] as const;
  });
  const obligations = [...new Map(chips).values()];
  return html`<header class="verdict ${level}">
<p class="mark"><span class="level ${level}">${level === 'none' ? 'no risk' : level}</span> <code>${name}</code></p>
<h1>${title === '' ? 'Not committed yet' : title}</h1>
${nothing === undefined ? undefined : html`<p>${nothing}</p>`}
<ul class="reasons">${told}${lower}</ul>
${obligations.length === 0 ? undefined : html`<p class="asked"><a href="#before">Before you push</a>: ${obligations}</p>`}
${consult.length === 0 ? undefined : html`<p>Ask first: <b>${list(consult, 9)}</b></p>`}
</header>`;
}

export function changes({ explanation, forge, named, index }: Setting): Markup {
  const groups = explanation.changes.map(
    group => html`<section class="card" data-units="${group.units.map(index).join(' ')}"><h3>${named(group.units)}</h3><ul>
${group.changes.map(
  change => html`<li><span class="level ${change.level}">${change.level}</span> ${change.text}
${placesOf(change, forge)}</li>`,
)}</ul></section>`,
  );
  return section(
    'changes',
    'What changes',
    groups.length === 0 ? html`<p>Nothing changes in the cluster.</p>` : html`${groups}`,
  );
}

/** Files that are shown before the rest is folded. */
const MOST_FILES = 6;

function placesOf({ places, side }: Explanation['changes'][number]['changes'][number], forge: Forge): Markup {
  const all = places.map(place => fileLines(place, side, forge));
  const rest = all.slice(MOST_FILES);
  return html`<span class="places">${all.slice(0, MOST_FILES)}</span>${
    rest.length === 0
      ? undefined
      : html`
<details class="places"><summary>and ${count(rest.length, 'more file')}</summary>${rest}</details>`
  }`;
}

export function timeline({ explanation, named, index }: Setting): Markup {
  const all = explanation.units.length;
  const steps = explanation.timeline.map(step => {
    const place = step.units.length < all ? named(step.units) : all > 1 ? 'all units' : '';
    return html`<li class="${step.kind}" data-units="${step.units.map(index).join(' ')}">
<p class="what"><span class="kind">${STEP_NAMES[step.kind]}</span>${step.wave === undefined ? '' : html` <span class="wave">wave ${step.wave}</span>`} <b>${step.subject}</b> ${step.text}</p>
${place === '' ? undefined : html`<p class="where">${place}</p>`}
${paceOf(step)}</li>`;
  });
  return section('timeline', 'What happens in the cluster', html`<ol class="timeline">${steps}</ol>`);
}

function paceOf({ pace, because }: Step): Markup | undefined {
  const facts: (readonly [string, string])[] = [];
  if (because !== undefined) facts.push(['Why', because]);
  if (pace?.scaledBy !== undefined) facts.push(['Number of pods by', pace.scaledBy]);
  if (pace !== undefined && pace.budgets.length > 0) {
    facts.push(['Budget', `${list(pace.budgets, 3)}, which holds back evictions and not this roll`]);
  }
  if (pace?.time !== undefined) facts.push(['Time', timeLine(pace.time)]);
  if (facts.length === 0) return undefined;
  return html`<dl>${facts.map(([term, text]) => html`<div><dt>${term}</dt><dd>${text}</dd></div>`)}</dl>`;
}

export function checklist({ explanation, named, index }: Setting): Markup | undefined {
  const { checklist: checks } = explanation;
  if (checks.length === 0) return undefined;
  const items = checks.map(
    (check, i) => html`<li class="${check.state}" data-units="${check.units.map(index).join(' ')}">
<label for="check-${i}"><input type="checkbox" id="check-${i}"${check.state === 'met' ? html` checked` : ''}> <b>${check.title}</b> <span class="state">${check.state}</span></label>
<p>${check.evidence}${check.units.length === 0 ? '' : html` <span class="where">${named(check.units)}</span>`}</p>
${check.commands.map(command)}</li>`,
  );
  return section('before', 'Before you push', html`<p id="checked" role="status"></p><ul class="checks">${items}</ul>`);
}

/** Commands of one kind that are shown before the rest folds, and in the fold before it is only counted. */
const MOST_SHOWN = 2;
const MOST_FOLDED = 60;

export function landed({ explanation }: Setting): Markup | undefined {
  const { looks, links } = explanation;
  if (looks.length === 0) return undefined;
  const lookOf = (look: Look) => html`<li>${command(look.command)}<p class="where">shows ${look.shows}</p></li>`;
  const first = firstOfEach(looks, MOST_SHOWN).flatMap(kind => kind.looks);
  const others = [...new Map(looks.map(look => [look.command, look])).values()].filter(look => !first.includes(look));
  const addresses = links.map(link => {
    const address = webAddress(link.address);
    const title =
      address === undefined
        ? html`<b>${link.title}</b>`
        : html`<a href="${address}" rel="noreferrer">${link.title}</a>`;
    return html`<li>${title}${link.query === undefined ? undefined : command(link.query)}</li>`;
  });
  const uncounted = others.length - MOST_FOLDED;
  const more =
    others.length === 0
      ? undefined
      : html`<details><summary>${count(others.length, 'more command')} like these</summary><ul class="looks">${others.slice(0, MOST_FOLDED).map(lookOf)}</ul>
${uncounted > 0 ? html`<p>And ${uncounted} more, which <code>--format json</code> has.</p>` : undefined}</details>`;
  const watch = addresses.length === 0 ? undefined : html`<h3>What to watch</h3><ul class="looks">${addresses}</ul>`;
  return section(
    'landed',
    'How to see that it landed',
    html`<ul class="looks">${first.map(lookOf)}</ul>${more}${watch}`,
  );
}

export function back({ explanation }: Setting): Markup | undefined {
  const { commands, when, restores, stays, notes } = explanation.back;
  if (explanation.units.length === 0) return undefined;
  return section(
    'back',
    'How to go back',
    html`${commands.map(command)}${when === undefined ? undefined : html`<p>${when}</p>`}<p>${RESTORES[restores]}</p>
${listOf(stays)}${notes.length === 0 ? undefined : html`<p>To know on the way:</p>`}${listOf(notes)}`,
  );
}

export function mistakes({ explanation, forge, named, index }: Setting): Markup | undefined {
  const { findings } = explanation;
  if (findings.length === 0) return undefined;
  const found = findings.map(({ severity, message, why, fix, rule, units, place: at }) => {
    const numbers = units.map(index).join(' ');
    return html`<section class="card" data-units="${numbers}"><h3><span class="level ${severity}">${severity}</span> ${message}</h3>
<p>${why}</p><p><b>Fix:</b> ${fix}</p><p class="where"><code>${rule}</code> ${named(units)} ${place(at, 'after', forge)}</p></section>`;
  });
  return section('findings', 'Mistakes', html`${found}`);
}

export function unknown({ explanation, forge, named, index }: Setting): Markup | undefined {
  const all = [...explanation.unknowns, ...explanation.incomplete];
  if (all.length === 0) return undefined;
  const told = all.map(({ what, why, hint, units, place: at }) => {
    const numbers = units.map(index).join(' ');
    return html`<section class="card" data-units="${numbers}"><h3><span class="level medium">unknown</span> ${what}</h3><p>${why}</p>
${hint === undefined ? undefined : command(hint)}<p class="where">${named(units)} ${at && place(at, 'after', forge)}</p></section>`;
  });
  return section('unknown', 'What is not known', html`${told}`);
}

export function objects({ explanation, forge, named, index }: Setting): Markup | undefined {
  const { objects: diffs, moreObjects } = explanation;
  if (diffs.length === 0) return undefined;
  const shown = diffs.map(diff => objectDiff(diff, { forge, named, index }));
  const more =
    moreObjects === 0 ? undefined : html`<p>${count(moreObjects, 'more object')} differ and are not on this page.</p>`;
  return section('objects', 'The objects that differ', html`${shown}${more}`);
}

function objectDiff(diff: ObjectDiff, { forge, named, index }: Pick<Setting, 'forge' | 'named' | 'index'>): Markup {
  const fields = diff.fields.map(field => fieldRow(field, forge));
  const more = diff.more === 0 ? undefined : html`<p>${count(diff.more, 'more field')}.</p>`;
  return html`<details class="object" data-units="${diff.units.map(index).join(' ')}"><summary><span class="kind ${diff.kind}">${diff.kind}</span> <b>${diff.label}</b> <span class="where">${named(diff.units)}</span></summary>
<table><thead><tr><th scope="col">Field</th><th scope="col">Before</th><th scope="col">After</th></tr></thead><tbody>${fields}</tbody></table>${more}</details>`;
}

function fieldRow({ path, before, after }: FieldDiff, forge: Forge): Markup {
  return html`<tr><th scope="row">${path}</th><td class="old">${sideOf(before, after, 'before', forge)}</td><td class="new">${sideOf(after, before, 'after', forge)}</td></tr>`;
}

function sideOf(side: FieldSide | undefined, other: FieldSide | undefined, name: Side, forge: Forge): Markup {
  if (side === undefined) return html`<span class="none">not set</span>`;
  const there = new Set(other?.lines ?? []);
  const lines = side.lines.map(line => (there.has(line) ? html`<span>${line}\n</span>` : html`<mark>${line}\n</mark>`));
  return html`<pre>${lines}</pre>${place(side.place, name, forge)}`;
}

function listOf(lines: readonly string[]): Markup | undefined {
  return lines.length === 0 ? undefined : html`<ul>${lines.map(line => html`<li>${line}</li>`)}</ul>`;
}

function section(id: string, title: string, content: Markup): Markup {
  return html`<section id="${id}" tabindex="-1"><h2>${title}</h2>${content}</section>`;
}

/** A command with a button that copies it. */
function command(text: string): Markup {
  return html`<div class="command"><code>${text}</code><button type="button" class="copy" aria-label="Copy ${text}">Copy</button></div>`;
}

function place({ file, line }: Location, side: Side, forge: Forge): Markup {
  return fileLines({ file, lines: [line] }, side, forge);
}

function fileLines({ file, lines }: FileLines, side: Side, forge: Forge): Markup {
  const [first = 1, ...others] = lines;
  const text = `${file}:${[`${first}`, ...others.slice(0, 3).map(line => `:${line}`)].join(', ')}${others.length > 3 ? ' ...' : ''}`;
  const address = webAddress(forge({ file, line: first, side }));
  return address === undefined
    ? html`<code class="place">${text}</code> `
    : html`<a class="place" href="${address}" rel="noreferrer">${text}</a> `;
}
