// Prints everything that is derived from something else: the risk table's module, the configuration's validator, the
// generated parts of the README and of the rules' pages. CI runs it and asks whether anything changed.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { readStories, STORIES } from '../examples/build.mjs';
import { printFirstDay, sampleDay } from '../examples/first-day.mjs';
import './config-schema.mjs';
import './kubernetes-schemas.mjs';
import { printPageAssets } from './page-assets.mjs';
import { printRiskTable } from './risk-table.mjs';

writeFileSync('src/risk/table.generated.ts', printRiskTable());
writeFileSync('src/report/html/assets.generated.ts', printPageAssets());

const { rules, ruleTable, pageOf, HELP, RISK_TABLE } = await catalogue();
for (const rule of rules) {
  const file = `rules/${rule.id}.md`;
  const page = pageOf(rule, readFileSync(file, 'utf8'));
  if (page === undefined) throw new Error(`${file} has no place for its generated header`);
  writeFileSync(file, page);
}

const parts = {
  example: example('siblings-out-of-step'),
  rules: ruleTable(rules),
  risks: riskTable(RISK_TABLE),
  help: ['```', HELP.trimEnd(), '```'].join('\n'),
};
let readme = readFileSync('README.md', 'utf8');
for (const [name, text] of Object.entries(parts)) {
  const place = new RegExp(`(<!-- generated: ${name} -->\n)[\\s\\S]*?(<!-- /generated -->)`);
  if (!place.test(readme)) throw new Error(`README.md has no place for "${name}"`);
  readme = readme.replace(place, (_, open, close) => `${open}\n${text}\n\n${close}`);
}
writeFileSync('README.md', readme);
printFirstDay({ sample: await sampleDay() });

/** The parts of the program that know the catalogue; Node 20 does not read TypeScript by itself. */
async function catalogue() {
  const folder = mkdtempSync(join(tmpdir(), 'deploy-lint-'));
  try {
    const outfile = join(folder, 'catalogue.mjs');
    const contents = `
      export { default as rules } from './rules/index.ts';
      export { ruleTable, pageOf } from './src/rule/catalogue.ts';
      export { HELP } from './src/cli/help.ts';
      export { RISK_TABLE } from './src/risk/table.generated.ts';`;
    await build({
      stdin: { contents, resolveDir: '.', loader: 'ts' },
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile,
      logLevel: 'warning',
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What the hook prints in a story of examples/commits, under the command that calls it. */
function example(slug) {
  const { name, subject } = readStories().find(story => story.name.endsWith(`-${slug}`));
  const seen = readFileSync(join(STORIES, `${name}.txt`), 'utf8').replace(/\n\nexit \d\n$/, '');
  return ['```', `$ git commit -m "${subject}"`, '', seen, '```'].join('\n');
}

function riskTable({ rows, obligations }) {
  const titles = new Map(obligations.map(({ id, title }) => [id, title]));
  const lines = rows.map(row => {
    const first = row.obligations.map(id => titles.get(id)).join(', ');
    return `| ${row.title} | ${row.level} | ${row.shape} | ${first} | ${row.reason} |`;
  });
  return ['| Change | Risk | How it goes | Before the push | Why |', '| --- | --- | --- | --- | --- |', ...lines].join(
    '\n',
  );
}
