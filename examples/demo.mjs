// Builds the sample repository in a temporary folder and shows what deploy-lint says to each commit of examples/commits.
//
//   node examples/demo.mjs [--only NN] [--keep]
//
// --only  this story alone (and those that it goes on from)
// --keep  leaves the repository there and says where
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildRepository, questionOf, readStories } from './build.mjs';

const PROGRAM = fileURLToPath(new URL('../dist/deploy-lint.cjs', import.meta.url));

const { values: options } = parseArgs({ options: { only: { type: 'string' }, keep: { type: 'boolean' } } });
const stories = readStories();
const shown = options.only === undefined ? stories : stories.filter(({ number }) => number === options.only);
if (shown.length === 0) {
  console.error(`no story has the number ${options.only}; there are ${stories[0]?.number} to ${stories.at(-1)?.number}`);
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'deploy-lint-demo-'));
let failed = 0;
try {
  const repository = buildRepository(folder, stories);
  for (const story of shown) if (!tell(story, repository)) failed++;
} finally {
  if (options.keep) console.log(`\nThe repository stays in ${join(folder, 'shop-gitops')}, a branch for each story.`);
  else rmSync(folder, { recursive: true });
}
console.log(`\n${shown.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** Prints what a user sees; whether the level and the rules are what the story expects. */
function tell(story, repository) {
  const { args, env } = questionOf(story, repository);
  const text = run([...args, '--color', process.stdout.isTTY ? 'always' : 'never'], env);
  const report = JSON.parse(run([...args, '--format', 'json'], env).stdout || '{}');
  const title = `── ${story.name} `;
  console.log(`\n${title}${'─'.repeat(Math.max(0, 80 - title.length))}`);
  for (const line of story.why) console.log(line);
  console.log(`\n${text.stdout}${text.stderr}`.trimEnd());
  console.log(`\nexit ${text.status}`);
  const level = report.verdict?.level ?? 'no verdict';
  const finds = [...new Set((report.findings ?? []).map(({ rule }) => rule))].sort();
  const isExpected = level === story.expect && finds.join() === story.finds.join();
  if (!isExpected) {
    console.log(`EXPECTED ${story.expect}, ${story.finds.join(', ') || 'no finding'}`);
    console.log(`GOT      ${level}, ${finds.join(', ') || 'no finding'}`);
  }
  return isExpected;
}

function run(args, env) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], { env, encoding: 'utf8' });
  return { status, stdout, stderr };
}
