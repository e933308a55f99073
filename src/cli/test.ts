import { readdir, readFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { ConfigError } from '../config/error.ts';
import { CONFIG_FILES } from '../config/read.ts';
import { openRepository } from '../git/repository.ts';
import type { Outcome } from '../policy/cel/tests.ts';
import { diskPolicies, type PolicyText } from '../policy/policy.ts';
import { POLICIES } from '../policy/policy-files.ts';
import { count, type Line, painted, print } from '../report/line.ts';
import { placeOf } from '../report/place.ts';
import { COLOR_MODES, paletteFor } from './color.ts';
import type { Command } from './command.ts';
import { EXIT } from './io.ts';
import { folderOf, oneOf, parseOptions } from './options.ts';

const command: Command = {
  help: `deploy-lint test [FILE...]: the tests of the team's own rules, as the files on disk have them

Rules are those of ${CONFIG_FILES[0]} and of ${POLICIES}/*.yaml in the root of the repository. Without FILE it runs all
tests of ${POLICIES}/; schemas/policy.schema.json describes a file.

  --cwd DIR                  start in this folder
  --color auto|always|never  (default auto)

Exit codes: 0 all pass, 1 some fail, 2 usage or a policy that cannot be used
`,
  run: async (argv, io) => {
    const { values, positionals } = parseOptions(argv, { cwd: { type: 'string' }, color: { type: 'string' } });
    const palette = paletteFor(oneOf('--color', values.color, COLOR_MODES, 'auto'), io);
    const cwd = await folderOf(values.cwd, io.cwd);
    const repository = await openRepository({ cwd, env: io.env });
    await repository.close();
    const { top } = repository;
    const named = positionals.map(file => relative(top, resolve(cwd, file)));
    const kept = (await readdir(join(top, POLICIES)).catch(missing)).sort().map(name => join(POLICIES, name));
    const files = [...new Set([...kept.filter(file => /\.ya?ml$/.test(file)), ...named])];
    const policies = await diskPolicies(await Promise.all(files.map(file => read(top, file))), await config(top));
    const { runTest } = await import('../policy/cel/tests.ts');
    const outcomes = policies.files
      .filter(({ file }) => named.length === 0 || named.includes(file))
      .flatMap(({ tests }) => tests.map(test => runTest(test, policies.rules)));
    io.stdout.write(print(told(outcomes), palette));
    return outcomes.every(passed) ? EXIT.clean : EXIT.found;
  },
};

export default command;

/** A folder that is not there has no files; anything else is an error. */
function missing(error: unknown): string[] {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
  throw error;
}

async function read(top: string, file: string): Promise<PolicyText> {
  try {
    return { file, bytes: await readFile(join(top, file)) };
  } catch (error) {
    throw new ConfigError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The configuration on disk, the first that is there. */
async function config(top: string): Promise<PolicyText | undefined> {
  const names = new Set(await readdir(top));
  const file = CONFIG_FILES.find(name => names.has(name));
  return file === undefined ? undefined : read(top, file);
}

function passed({ expected, actual }: Outcome): boolean {
  return expected === actual;
}

function told(outcomes: readonly Outcome[]): Line[] {
  const failed = outcomes.filter(outcome => !passed(outcome));
  const details = failed.flatMap(({ name, rule, span, expected, actual }): Line[] => [
    [painted('error', 'failed'), '  ', painted('strong', name), painted('dim', `  ${rule}  ${placeOf(span)}`)],
    ['  expected  ', expected],
    ['  but got   ', actual],
    [],
  ]);
  const sum = failed.length === 0 ? painted('good', 'all passed') : painted('error', `${failed.length} failed`);
  return [
    ...details,
    [
      outcomes.length === 0 ? 'no tests' : `${count(outcomes.length, 'test')}: `,
      ...(outcomes.length === 0 ? [] : [sum]),
    ],
  ];
}
