import { afterEach, describe, expect, it } from 'vitest';
import { readComponents } from '../../src/gitops/components.ts';
import { checkComponents } from '../../src/updates/check.ts';
import { Source } from '../../src/yaml/node.ts';
import { parse } from '../../src/yaml/parse.ts';
import { memory, NOW, network } from './ask.ts';
import { largeIndex } from './large-index.ts';
import { serve, type TestServer } from './server.ts';

let server: TestServer;
afterEach(() => server.close());

/** What is proposed for a list, each component with a time limit of its own, in milliseconds. */
async function check(list: string, limit = 5_000) {
  const [root] = parse(new Source('apps.yaml', list), 'kubectl').documents;
  const { components, problems } = root === undefined ? { components: [], problems: [] } : readComponents(root);
  const progress: string[] = [];
  const shared = { kept: memory(), asked: new Map() };
  const rows = await checkComponents(
    { components, problems, versions: [] },
    {
      network: () => network({ ...shared, signal: AbortSignal.timeout(limit) }),
      now: NOW,
      includeMajor: new Set(),
      progress: (done, of, name) => progress.push(`${done}/${of} ${name}`),
    },
  );
  return {
    told: rows.map(row => `${row.component.name.text} ${row.class} ${row.allowed?.version ?? row.why[0]}`),
    progress,
  };
}

const entry = (name: string, fields: string) => `- {name: ${name}, version: 1.0.0, source: {${fields}}}\n`;

describe('many components', () => {
  it('are looked up at the same time, eight at most, and told in the order of the list', async () => {
    let [now, most] = [0, 0];
    server = await serve({
      '*': (_, response) => {
        now++;
        most = Math.max(most, now);
        setImmediate(() => {
          now--;
          response.end('[{"tag_name":"v1.0.1","published_at":"2025-01-01T00:00:00Z"}]');
        });
      },
    });
    const names = Array.from({ length: 50 }, (_, i) => `component-${i}`);
    const list = names.map(name => entry(name, `type: github, repo: org/${name}, url: "${server.url}"`)).join('');
    const { told, progress } = await check(list);
    expect(told).toEqual(names.map(name => `${name} safe-auto 1.0.1`));
    expect(progress.at(-1)).toMatch(/^50\/50 /);
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(8);
  });

  it('do not wait for one that is slow, nor fail with one that fails (F06)', async () => {
    server = await serve({
      '/repos/org/slow/releases': () => {},
      '/repos/org/broken/releases': '<html>',
      '*': '[{"tag_name":"v1.0.1"}]',
    });
    const of = (name: string) => entry(name, `type: github, repo: org/${name}, url: "${server.url}"`);
    const { told, progress } = await check(of('slow') + of('broken') + of('good'), 500);
    expect(told).toEqual([
      `slow unknown ${new URL(server.url).host} gave no whole answer in time`,
      'broken unknown the answer is no JSON',
      'good safe-auto 1.0.1',
    ]);
    expect(progress.at(-1)).toBe('3/3 slow');
  });
});

describe('charts of one repository', () => {
  it('share its index', async () => {
    server = await serve({ '/index.yaml': largeIndex(500) });
    const list = [1, 2, 3, 9].map(n => entry(`c${n}`, `type: helm, url: "${server.url}", chart: chart-${n}`)).join('');
    expect((await check(list)).told).toEqual([
      ...[1, 2, 3].map(n => `c${n} needs-a-human 99.0.0: a major`),
      `c9 unknown ${new URL(server.url).host} has no chart chart-9`,
    ]);
    expect(server.asked).toHaveLength(1);
  });
});

describe('an entry', () => {
  it('may say which tags are meant', async () => {
    const tags = ['1.9.0', 'chart-1.0.1', 'chart-1.0.2-nightly', 'chart-1.0.3', 'chart-1.0.4/5', 'app-7.0.0'];
    server = await serve({ '*': tags.map(tag_name => ({ tag_name })) });
    const source = `type: github, repo: org/name, url: "${server.url}", tag-prefix: chart-`;
    expect((await check(entry('a', source))).told).toEqual(['a safe-auto 1.0.3']);
    const only = `${source}, includeRegex: '^chart-1\\.0\\.[12]$'`;
    expect((await check(entry('a', only))).told).toEqual(['a safe-auto 1.0.1']);
  });

  it('is not looked up where a key of it is not followed', async () => {
    server = await serve({ '*': [{ tag_name: '1.0.1' }] });
    const source = `source: {type: github, repo: a/b, url: "${server.url}"}`;
    const list = `- {name: a, version: 1.0.0, skip_mayor: true, ${source}}\n- {name: b, version: 1.0.0, ${source}}\n`;
    expect((await check(list)).told).toEqual([
      'a unknown a has skip_mayor, which is not followed; skip_major is',
      'b safe-auto 1.0.1',
    ]);
  });

  it('keeps the precision of a constraint of Terraform', async () => {
    server = await serve({
      '/.well-known/terraform.json': { 'providers.v1': '/v1/' },
      '/v1/hashicorp/aws/versions': { versions: [{ version: '5.98.0' }, { version: '5.99.1' }, { version: '6.0.0' }] },
    });
    const list = `- {name: aws, version: "5.98", source: {type: terraform, repo: hashicorp/aws, url: "${server.url}"}}`;
    expect((await check(list)).told).toEqual(['aws needs-a-human 5.99']);
  });

  it.each([
    ['type: ftp, repo: a/b', 'its source has the type ftp, which is one of git, helm'],
    ['type: __proto__, repo: a/b', 'its source has the type __proto__'],
    ['type: github', 'its source has no repo'],
    ['type: github, repo: "a/b/../../../user"', 'is no name of a source'],
    ['type: github, repo: "a/b?x=y"', 'is no name of a source'],
    ['type: helm, url: "file:///etc", chart: a', 'is no address that starts with https:// or http://'],
    ['type: helm, url: "https://me:secret@charts.example", chart: a', 'its address holds credentials'],
    ['type: git, url: "ext::sh -c id"', 'is no address that starts with'],
    ['type: git, url: "--upload-pack=id"', 'is no address that starts with'],
    ['type: docker, repo: "Org/Name:tag"', 'is no repository of a registry'],
    ['type: github, repo: a/b, include_regex: "(["', 'missing closing'],
  ])('is refused with the source {%s}', async (fields, message) => {
    server = await serve({ '*': [{ tag_name: '1.0.1' }] });
    const url = fields.includes('include_regex') ? `, url: "${server.url}"` : '';
    const { told } = await check(entry('a', fields + url));
    expect(told[0]).toContain(`a unknown`);
    expect(told[0]).toContain(message);
    expect(told[0]).not.toContain('secret');
  });
});
