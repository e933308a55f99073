import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import rules from '../rules/index.ts';
import { pageOf, ruleTable } from '../src/rule/catalogue.ts';
import { MISTAKES } from '../src/yaml/problem.ts';
import { examplesOf } from './support/page-examples.ts';

const folder = new URL('../rules/', import.meta.url);
const names = readdirSync(folder);
const modules = names.filter(name => name.endsWith('.ts') && name !== 'index.ts').map(name => name.slice(0, -3));
const ids = rules.map(rule => rule.id);

describe('the catalogue', () => {
  it('lists every module of the folder, sorted', () => {
    expect(ids).toEqual(modules.sort());
  });

  it('has a page for each rule and no page without one', () => {
    const pages = names.filter(name => name.endsWith('.md')).map(name => name.slice(0, -3));
    expect(pages.sort()).toEqual(ids);
  });

  it('has a rule for each mistake that reading the files finds', () => {
    expect(ids).toEqual(expect.arrayContaining([...MISTAKES]));
  });

  it('stands in the README as it is', () => {
    expect(readFileSync(new URL('../README.md', import.meta.url), 'utf8')).toContain(ruleTable(rules));
  });
});

describe.each(rules.map(rule => [rule.id, rule] as const))('%s', (id, rule) => {
  const page = readFileSync(new URL(`${id}.md`, folder), 'utf8');

  it('names the danger, not the cure', () => {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)+$/);
    expect(id).not.toMatch(/^(no|dont|disallow|require|must|always|never|use)-/);
  });

  it('has one line as its title, and full sentences for why and what to do', () => {
    expect(rule.title).toMatch(/^[A-Z`].*[^.]$/);
    expect(rule.why).toMatch(/^(?:[A-Z`]|kubectl |kustomize ).+\.$/);
    expect(rule.fix).toMatch(/^[A-Z`].+\.$/);
  });

  it('has a page that says what the module says', async () => {
    expect(page.startsWith(`# ${id}\n`)).toBe(true);
    await expect(pageOf(rule, page)).toMatchFileSnapshot(`../rules/${id}.md`);
  });

  it('has an example that is flagged and one that passes', () => {
    const examples = examplesOf(page);
    const flagged = examples.filter(example => example.section === 'Flagged');
    const passing = examples.filter(example => example.section === 'Passes');
    expect(flagged).not.toEqual([]);
    expect(passing).not.toEqual([]);
    expect(flagged.filter(example => example.expected.length === 0)).toEqual([]);
    expect(passing.filter(example => example.expected.length > 0)).toEqual([]);
  });
});
