import { count, list } from '../report/line.ts';
import type { Layout } from './layout.ts';
import { signed } from './marks.ts';

export interface Written {
  readonly layout: Layout;
  /** Branches that deploy. */
  readonly branches: readonly string[];
  /** Where the schema is, from the root of the work tree, or absolute. */
  readonly schema: string;
}

/**
 * The first `.deploy-lint.yaml`: what was found is told, and set only where that narrows nothing that comes later. Text
 * of the repository stands in it as JSON strings, which YAML reads as they are.
 */
export function configurationText({ layout, branches, schema }: Written): string {
  const { units, clients, words, families, dns, versions } = layout;
  const applications = units.filter(({ kind }) => kind === 'application').length;
  const of = (environment: string) => units.filter(unit => unit.environment === environment).length;
  const lines = [
    `# yaml-language-server: $schema=${schema.replace(/\s/g, encodeURIComponent)}`,
    '#',
    '# Everything has a default; the README of deploy-lint tells all of it. Found in this repository:',
    `#   ${count(units.length, 'unit')}, ${count(applications, 'Application')}; ${of('production')} production, ${of('staging')} staging, ${of('development')} development, ${of('unknown')} other`,
    ...(clients.length === 0 ? [] : [`#   clients: ${list(clients.map(quoted), 12)}`]),
    ...Object.entries(words).flatMap(([name, found]) => (found.length === 0 ? [] : `#   ${name}: ${found.join(', ')}`)),
    ...(families.length === 0 ? [] : ['#   images that carry one tag:']),
    ...families.map(members => `#     - [${members.map(quoted).join(', ')}]`),
    ...(dns.files.length === 0 ? [] : [`#   DNS records in ${list(dns.files.map(quoted), 6)}`]),
    '',
    ...(branches.length === 0
      ? []
      : [
          'gate:',
          '  # A push to these is judged before it leaves, and CI asks the same again.',
          `  branches: [${branches.map(quoted).join(', ')}]`,
        ]),
    ...(versions === undefined ? [] : [`versions: ${quoted(versions)}`]),
    ...(dns.zones.length === 0
      ? []
      : [
          '# Where every record of a zone is stated here, a hostname without one is a mistake:',
          '# dns:',
          `#   zones: [${dns.zones.map(quoted).join(', ')}]`,
        ]),
    ...(branches.length === 0 && versions === undefined && dns.zones.length === 0 ? [] : ['']),
    '# Production waits until staging has run a version for so long, from this risk on:',
    '# staging: { soak: 24h, required: medium }',
    '# When a high risk may go out:',
    '# calendar:',
    '#   timeZone: Europe/Athens',
    '#   freeze:',
    '#     - { from: 2026-12-20, to: 2027-01-07, reason: peak season }',
    '#   windows:',
    '#     - { days: [tue, wed], from: "22:00", to: "02:00", level: high }',
    '',
  ];
  return signed(lines.join('\n'), 1);
}

function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u0080-\uffff]/g,
    unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
