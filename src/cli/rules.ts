import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import rules from '../../rules/index.ts';
import { nearestOf } from '../config/nearest.ts';
import { escapeJson } from '../report/escape.ts';
import { type Line, padTo, painted, print } from '../report/line.ts';
import { ruleTable } from '../rule/catalogue.ts';
import type { Rule } from '../rule/rule.ts';
import { COLOR_MODES, paletteFor } from './color.ts';
import type { Command } from './command.ts';
import { EXIT, type Io } from './io.ts';
import { oneOf, parseOptions, refuseRest } from './options.ts';
import { UsageError } from './refusal.ts';

const command: Command = {
  help: `deploy-lint rules [ID]: the catalogue of rules, or one rule's page

  --format text|json|markdown  (default text; a page is Markdown in both text and markdown)
  --color auto|always|never    (default auto)
`,
  run: async (argv, io) => {
    const { values, positionals } = parseOptions(argv, { format: { type: 'string' }, color: { type: 'string' } });
    const [id, ...rest] = positionals;
    refuseRest(rest);
    const format = oneOf('--format', values.format, ['text', 'json', 'markdown'], 'text');
    const palette = paletteFor(oneOf('--color', values.color, COLOR_MODES, 'auto'), io);
    if (id !== undefined) {
      const rule = ruleWith(id);
      const page = await pageOf(rule, io);
      io.stdout.write(format === 'json' ? json({ ...told(rule), text: page }) : page);
    } else if (format === 'json') io.stdout.write(json(rules.map(told)));
    else io.stdout.write(format === 'markdown' ? `${ruleTable(rules)}\n` : print(catalogue(), palette));
    return EXIT.clean;
  },
};

export default command;

function ruleWith(id: string): Rule {
  const rule = rules.find(candidate => candidate.id === id);
  if (rule !== undefined) return rule;
  const near = nearestOf(
    id,
    rules.map(known => known.id),
  );
  throw new UsageError(
    `there is no rule ${id}`,
    near === undefined ? 'deploy-lint rules lists them.' : `Did you mean ${near}? deploy-lint rules lists them all.`,
  );
}

/** A rule's page as it is in the package. */
function pageOf({ id }: Rule, { home }: Io): Promise<string> {
  return readFile(join(home, 'rules', `${id}.md`), 'utf8');
}

function told({ id, severity, on, title, why, fix }: Rule): object {
  return { id, severity, looksAt: on, title, why, fix, page: `rules/${id}.md` };
}

function json(value: unknown): string {
  return `${escapeJson(JSON.stringify(value, undefined, 2))}\n`;
}

function catalogue(): Line[] {
  const widest = Math.max(...rules.map(rule => rule.id.length));
  return rules.map(({ id, severity, title }) => [
    ...padTo([painted(severity, severity)], 9),
    ...padTo([painted('strong', id)], widest + 2),
    title,
  ]);
}
