import catalogue from '../../rules/index.ts';
import { type Origin, originsOf } from '../config/origins.ts';
import { CONFIG_FILES } from '../config/read.ts';
import { openRepository } from '../git/repository.ts';
import { policyOf } from '../policy/policy.ts';
import { escapeJson } from '../report/escape.ts';
import { type Line, padTo, painted, print } from '../report/line.ts';
import { placeOf } from '../report/place.ts';
import { COLOR_MODES, paletteFor } from './color.ts';
import type { Command } from './command.ts';
import { EXIT } from './io.ts';
import { folderOf, oneOf, parseOptions, refuseRest } from './options.ts';

const command: Command = {
  help: `deploy-lint config: the configuration in force, and where each value comes from

It is that of the newest commit, by which the next one is judged: what is staged counts from the commit after.

  --config FILE              instead of ${CONFIG_FILES[0]} of the newest commit
  --format text|json         (default text)
  --cwd DIR                  start in this folder
  --color auto|always|never  (default auto)
`,
  run: async (argv, io) => {
    const { values, positionals } = parseOptions(argv, {
      config: { type: 'string' },
      format: { type: 'string' },
      cwd: { type: 'string' },
      color: { type: 'string' },
    });
    refuseRest(positionals);
    const format = oneOf('--format', values.format, ['text', 'json'], 'text');
    const palette = paletteFor(oneOf('--color', values.color, COLOR_MODES, 'auto'), io);
    const cwd = await folderOf(values.cwd, io.cwd);
    const repository = await openRepository({ cwd, env: io.env });
    try {
      const sides = { ...(await repository.staged()), start: undefined, commit: undefined, message: undefined };
      const policy = await policyOf(sides, values.config === undefined ? undefined : { path: values.config, cwd });
      const team = policy.team.map(({ rule }) => rule);
      const known = [...catalogue, ...team].map(({ id, severity }) => [id, severity] as const);
      // A rule of the team comes from where its expression is, also in a file of policies.
      const own = team.map(({ id, when }) => ({ name: `rules.${id}.when`, value: when.value, span: when.span }));
      const origins = [...originsOf(policy, new Map(known)), ...own];
      io.stdout.write(format === 'json' ? inJson(origins) : print(inText(origins), palette));
      return EXIT.clean;
    } finally {
      await repository.close();
    }
  },
};

export default command;

function inJson(origins: readonly Origin[]): string {
  const settings = origins.map(origin => ({
    name: origin.name,
    value: origin.value ?? null,
    from: placeOfOrigin(origin),
  }));
  return `${escapeJson(JSON.stringify(settings, undefined, 2))}\n`;
}

function inText(origins: readonly Origin[]): Line[] {
  const names = 2 + Math.max(...origins.map(({ name }) => name.length));
  const places = names + 2 + Math.max(...origins.map(origin => placeOfOrigin(origin).length));
  return origins.map(origin => [
    ...padTo([...padTo([origin.name], names), originPiece(origin)], places),
    shown(origin.value),
  ]);
}

function placeOfOrigin({ span }: Origin): string {
  return span === undefined ? 'default' : placeOf(span);
}

function originPiece(origin: Origin): Line[number] {
  return origin.span === undefined ? painted('dim', placeOfOrigin(origin)) : placeOfOrigin(origin);
}

function shown(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
