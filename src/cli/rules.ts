import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import rules from '../../rules/index.ts';
import { nearestOf } from '../config/nearest.ts';
import { type Line, padTo, painted, print } from '../report/line.ts';
import { COLOR_MODES, type ColorMode, paletteFor } from './color.ts';
import type { Command } from './command.ts';
import { EXIT, type Io } from './io.ts';
import { oneOf, parseOptions, refuseRest } from './options.ts';
import { UsageError } from './refusal.ts';

const command: Command = {
  help: `deploy-lint rules [ID]: the catalogue of rules, or one rule's page

  --color auto|always|never  (default auto)
`,
  run: async (argv, io) => {
    const { values, positionals } = parseOptions(argv, { color: { type: 'string' } });
    const [id, ...rest] = positionals;
    refuseRest(rest);
    return showRules(id, oneOf('--color', values.color, COLOR_MODES, 'auto'), io);
  },
};

export default command;

/** Prints the catalogue, or one rule's page as it is in the package. */
async function showRules(id: string | undefined, color: ColorMode, io: Io): Promise<number> {
  if (id === undefined) {
    io.stdout.write(print(catalogue(), paletteFor(color, io)));
    return EXIT.clean;
  }
  const rule = rules.find(candidate => candidate.id === id);
  if (rule === undefined) {
    const near = nearestOf(
      id,
      rules.map(known => known.id),
    );
    throw new UsageError(
      `there is no rule ${id}`,
      near === undefined ? 'deploy-lint rules lists them.' : `Did you mean ${near}? deploy-lint rules lists them all.`,
    );
  }
  io.stdout.write(await readFile(join(io.home, 'rules', `${rule.id}.md`), 'utf8'));
  return EXIT.clean;
}

function catalogue(): Line[] {
  const widest = Math.max(...rules.map(rule => rule.id.length));
  return rules.map(({ id, severity, title }) => [
    ...padTo([painted(severity, severity)], 9),
    ...padTo([painted('strong', id)], widest + 2),
    title,
  ]);
}
