import { type Explanation, explanationOf } from '../explanation/explanation.ts';
import { reachedInWords } from '../explanation/radius.ts';
import { type Forge, forgeOf } from '../forge.ts';
import { count } from '../line.ts';
import type { Result } from '../result.ts';
import { unitsOf, where } from '../where.ts';
import { documentOf } from './document.ts';
import { html, type Markup } from './html.ts';
import { picture } from './radius.ts';
import {
  back,
  changes,
  checklist,
  landed,
  mistakes,
  objects,
  type Setting,
  timeline,
  unknown,
  verdict,
} from './sections.ts';

/** The explanation as one file that needs nothing else. */
export function page(result: Result, env: Readonly<Record<string, string | undefined>>): string {
  const explanation = explanationOf(result);
  const { subject } = result;
  const forge: Forge = forgeOf(env, { before: subject.base ?? subject.parents[0], after: subject.commit });
  const units = unitsOf(result);
  const numbers = new Map(explanation.units.map(({ key }, i) => [key, i]));
  const setting: Setting = {
    explanation,
    forge,
    named: keys =>
      keys.length === explanation.units.length && keys.length > 3 ? `all ${keys.length} units` : where(keys, units),
    index: key => numbers.get(key) ?? -1,
  };
  return documentOf({
    title: `${explanation.level}: ${explanation.title === '' ? explanation.name : explanation.title}`,
    skip: { to: 'changes', text: 'To the changes' },
    main: sectionsOf(setting),
    footer: 'deploy-lint, from the repository alone: what runs in the cluster was not looked at.',
    isScripted: true,
  });
}

function sectionsOf(setting: Setting): Markup {
  const { explanation } = setting;
  return html`${verdict(setting)}
${filters(explanation)}
${mistakes(setting)}
${changes(setting)}
${timeline(setting)}
${radius(setting)}
${checklist(setting)}
${landed(setting)}
${back(setting)}
${unknown(setting)}
${objects(setting)}
${unitTable(setting)}`;
}

/** Only what there is to choose between can be chosen. */
function filters({ units }: Explanation): Markup | undefined {
  const choices = [
    choice(
      'client',
      'Client',
      units.flatMap(({ client }) => client ?? []),
    ),
    choice(
      'environment',
      'Environment',
      units.map(({ environment }) => environment),
    ),
    choice(
      'level',
      'Risk',
      units.map(({ level }) => level),
    ),
  ].filter(one => one !== undefined);
  if (units.length < 2) return undefined;
  const reset = choices.length === 0 ? undefined : html`<button type="reset">Show all</button>`;
  return html`<form class="filters" role="search" aria-label="Show only some units">${choices}
${reset}<button type="button" id="unfold">Unfold all</button><span id="shown" role="status">${count(units.length, 'unit')}</span></form>`;
}

function choice(name: string, label: string, values: readonly string[]): Markup | undefined {
  const known = [...new Set(values)].sort();
  if (known.length < 2) return undefined;
  const options = known.map(value => html`<option value="${value}">${value}</option>`);
  return html`<label>${label} <select name="${name}"><option value="">all</option>${options}</select></label>`;
}

function radius({ explanation, index }: Setting): Markup | undefined {
  const { radius: reach, picture: drawn } = explanation;
  if (reach.units.length === 0) return undefined;
  const facts = [count(reach.units.length, 'unit'), ...reachedInWords(reach, 6)];
  const shared = reach.shared
    .slice(0, 5)
    .map(({ file, units }) => html`<li><code>${file}</code> is read by ${count(units, 'unit')}</li>`);
  return html`<section id="radius" tabindex="-1"><h2>Whom it reaches</h2><p>${facts.join(', ')}</p>
<ul>${shared}</ul>
<div class="picture" role="region" aria-label="Picture of the radius" tabindex="0">${picture(drawn, index)}</div></section>`;
}

/** Rows of the table of units before it folds. */
const MOST_ROWS = 30;

function unitTable({ explanation }: Setting): Markup | undefined {
  const { units } = explanation;
  if (units.length === 0) return undefined;
  const rows = units.map(
    (unit, i) =>
      html`<tr data-unit="${i}" data-client="${unit.client ?? ''}" data-environment="${unit.environment}" data-level="${unit.level}"><th scope="row">${unit.name}</th><td>${unit.client ?? ''}</td><td>${unit.environment}</td><td><span class="level ${unit.level}">${unit.level}</span></td></tr>`,
  );
  const table = html`<table class="units"><thead><tr><th scope="col">Unit</th><th scope="col">Client</th><th scope="col">Environment</th><th scope="col">Risk</th></tr></thead><tbody>${rows}</tbody></table>`;
  const folded =
    units.length > MOST_ROWS
      ? html`<details><summary>${count(units.length, 'unit')}</summary>${table}</details>`
      : table;
  return html`<section id="units" tabindex="-1"><h2>Units</h2>${folded}</section>`;
}
