import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { DEFAULTS } from '../../src/config/config.ts';
import { ConfigError } from '../../src/config/error.ts';
import { configFromFile, configOf, parseConfig } from '../../src/config/read.ts';
import { RISK_TABLE } from '../../src/risk/table.generated.ts';
import { Source } from '../../src/yaml/node.ts';
import { memoryTree } from '../support/memory-tree.ts';
import * as fc from '../support/properties.ts';

const KNOWN = { rules: ['duplicate-key', 'config-change-not-picked-up'], rows: ['image-major', 'volume'] };

function read(text: string) {
  return parseConfig(new Source('.deploy-lint.yaml', text), KNOWN).config;
}

function refusal(text: string): string {
  try {
    read(text);
  } catch (error) {
    if (error instanceof ConfigError) return [error.message, error.hint].filter(Boolean).join(' | ');
    throw error;
  }
  return 'accepted';
}

describe('what a file says goes over the defaults', () => {
  test.each([
    ['', DEFAULTS],
    ['# yaml-language-server: $schema=config.schema.json\n', DEFAULTS],
    ['{}', DEFAULTS],
    ['versions: apps.yaml\n', { ...DEFAULTS, versions: 'apps.yaml' }],
    [
      'environments:\n  staging: [acceptance]\n',
      { ...DEFAULTS, environments: { ...DEFAULTS.environments, staging: ['acceptance'] } },
    ],
    ['rules:\n  duplicate-key: off\n', { ...DEFAULTS, rules: new Map([['duplicate-key', { severity: 'off' }]]) }],
    [
      'rules:\n  config-change-not-picked-up: { auto-reload-all: true, ignore: [legacy] }\n',
      {
        ...DEFAULTS,
        rules: new Map([['config-change-not-picked-up', { ignore: ['legacy'] }]]),
        options: { 'config-change-not-picked-up': { 'auto-reload-all': true } },
      },
    ],
    ['risks: [{ rows: [volume], level: high }]\n', { ...DEFAULTS, risks: [{ rows: ['volume'], level: 'high' }] }],
    [
      'calendar:\n  timeZone: Europe/Athens\n  freeze:\n    - { from: 2026-12-20, to: 2027-01-07 06:00 }\n',
      {
        ...DEFAULTS,
        calendar: {
          timeZone: 'Europe/Athens',
          freeze: [{ from: '2026-12-20T00:00:00Z', to: '2027-01-07 06:00' }],
          windows: [],
        },
      },
    ],
    ['dns: { zones: [shop.example] }\n', { ...DEFAULTS, dns: { lists: [], zones: ['shop.example'] } }],
  ])('%j', (text, config) => {
    expect(read(text)).toEqual(config);
  });
});

describe('what is refused, with its place', () => {
  test.each([
    ['enviroments: {}', '.deploy-lint.yaml:1:1: there is no setting enviroments | Did you mean environments?'],
    ['dns:\n  zone: [a.example]\n', '.deploy-lint.yaml:2:3: there is no setting in dns: zone | Did you mean zones?'],
    ['images:\n  groups: []\n', '.deploy-lint.yaml:2:3: there is no setting in images: groups | There is families.'],
    [
      'environments:\n  production: prod\n',
      '.deploy-lint.yaml:2:15: environments.production is the text "prod" and must be a list',
    ],
    ['allowances: { most: -1 }\n', '.deploy-lint.yaml:1:21: allowances.most is -1 and must be 0 or more'],
    [
      'allowances: { most: all }\n',
      '.deploy-lint.yaml:1:21: allowances.most is the text "all" and must be a number without a fraction',
    ],
    ['versions: 3\n', '.deploy-lint.yaml:1:11: versions is 3 and must be text'],
    [
      'gate:\n  prePush: [eror]\n',
      '.deploy-lint.yaml:2:13: gate.prePush[0] is the text "eror" and must be one of error, warning, low, medium, high | Did you mean error?',
    ],
    [
      'gate:\n  acknowledge: [hihg]\n',
      '.deploy-lint.yaml:2:17: there is no risk level and no rule hihg | Did you mean high?',
    ],
    [
      'staging: { soak: 1 day }\n',
      '.deploy-lint.yaml:1:18: staging.soak is the text "1 day" and must be a time such as 30m, 24h or 3d',
    ],
    ['calendar: { freeze: [] }\n', '.deploy-lint.yaml:1:11: calendar lacks timeZone'],
    ['versions: ""\n', '.deploy-lint.yaml:1:11: versions is empty'],
    ['images:\n  families:\n    - [a, 3]\n', '.deploy-lint.yaml:3:11: images.families[0][1] is 3 and must be text'],
    [
      'rules:\n  duplicate-key: eror\n',
      '.deploy-lint.yaml:2:18: rules.duplicate-key is the text "eror" and must be one of off, info, warning, error | Did you mean error?',
    ],
    [
      'rules:\n  duplicate-keys: off\n',
      '.deploy-lint.yaml:2:3: there is no rule duplicate-keys | Did you mean duplicate-key?',
    ],
    [
      'rules:\n  __proto__: off\n',
      '.deploy-lint.yaml:2:3: there is no rule __proto__ | There is duplicate-key, config-change-not-picked-up.',
    ],
    [
      'rules:\n  duplicate-key: { serverity: off }\n',
      '.deploy-lint.yaml:2:20: there is no setting in rules.duplicate-key: serverity | Did you mean severity?',
    ],
    [
      'rules:\n  duplicate-key: { auto-reload-all: true }\n',
      '.deploy-lint.yaml:2:20: there is no setting in rules.duplicate-key: auto-reload-all | There is severity, ignore.',
    ],
    [
      'rules:\n  config-change-not-picked-up: { auto-reload-all: yes }\n',
      '.deploy-lint.yaml:2:51: rules.config-change-not-picked-up.auto-reload-all is the text "yes" and must be true or false',
    ],
    [
      'risks:\n  - rows: [image-mayor]\n    level: high\n',
      '.deploy-lint.yaml:2:12: there is no row of the risk table image-mayor | Did you mean image-major?',
    ],
    [
      'risks:\n  - obligations: [backups]\n',
      '.deploy-lint.yaml:2:19: risks[0].obligations[0] is the text "backups" and must be one of staging-first, dns-record, db-migration, backup, db-manager, maintenance-window | Did you mean backup?',
    ],
    ['- a\n', '.deploy-lint.yaml:1:1: the configuration is a list and must be a mapping'],
    [
      'versions: a\n---\nversions: b\n',
      '.deploy-lint.yaml:3:1: a second document | The configuration is one document.',
    ],
    // From top to bottom, whatever order the schema is checked in.
    ['versions: 3\nextra: 1\n', '.deploy-lint.yaml:1:11: versions is 3 and must be text'],
  ])('%j', (text, message) => {
    expect(refusal(text)).toBe(message);
  });

  test('YAML that does not parse', () => {
    expect(refusal('dns: [\n')).toMatch(/^\.deploy-lint\.yaml:\d+:\d+: the YAML does not parse/);
    expect(refusal('versions: a\nversions: b\n')).toMatch(/^\.deploy-lint\.yaml:\d:1: .*versions/);
  });

  test('any text gives a configuration or a ConfigError', () => {
    const fragment = fc.constantFrom(
      'rules:',
      'dns:',
      ' zones:',
      ' [',
      ']',
      '- ',
      'a',
      '\n',
      '  ',
      '"',
      '{',
      '}',
      '&a ',
      '*a',
      '1',
    );
    fc.assert(
      fc.property(
        fc.array(fragment).map(parts => parts.join('')),
        text => void refusal(text),
      ),
    );
  });
});

describe('where it is found', () => {
  test('in the root of a tree, under one of its names', async () => {
    expect((await configOf(memoryTree({ 'a.yaml': '' }), KNOWN)).config).toBe(DEFAULTS);
    expect((await configOf(memoryTree({ '.deploy-lint.yml': 'versions: v.yaml' }), KNOWN)).config.versions).toBe(
      'v.yaml',
    );
    expect((await configOf(memoryTree({ 'sub/.deploy-lint.yaml': 'versions: v.yaml' }), KNOWN)).config).toBe(DEFAULTS);
  });

  test('two files are one too many', async () => {
    const tree = memoryTree({ '.deploy-lint.yaml': '', 'deploy-lint.config.yaml': '' });
    await expect(configOf(tree, KNOWN)).rejects.toThrow('.deploy-lint.yaml and deploy-lint.config.yaml are both here');
  });

  test('in a file that the command line names', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'deploy-lint-config-'));
    try {
      await writeFile(join(folder, 'policy.yaml'), 'versions: v.yaml\n');
      expect((await configFromFile('policy.yaml', folder, KNOWN)).config.versions).toBe('v.yaml');
      await expect(configFromFile('none.yaml', folder, KNOWN)).rejects.toThrow(
        'the configuration none.yaml cannot be read: there is no such file',
      );
      await expect(configFromFile('.', folder, KNOWN)).rejects.toThrow(/is a folder/);
      await writeFile(join(folder, 'latin.yaml'), Buffer.from([0x61, 0xe9, 0x0a]));
      await expect(configFromFile('latin.yaml', folder, KNOWN)).rejects.toThrow(/^latin\.yaml:1:2: /);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('the schema', async () => {
  const schema = JSON.parse(await readFile(new URL('../../schemas/config.schema.json', import.meta.url), 'utf8'));

  test('is what the validating code was made from', () => {
    execFileSync(process.execPath, ['build/config-schema.mjs', '--check'], { cwd: new URL('../..', import.meta.url) });
  });

  test('names the obligations of the risk table', () => {
    const { obligations } = schema.properties.risks.items.properties;
    expect(obligations.items.enum).toEqual(RISK_TABLE.obligations.map(({ id }) => id));
  });

  test('keeps the bounds that are not written', () => {
    const source = new Source('.deploy-lint.yaml', 'observe: { bounds: { errors: 0.05 } }\n');
    const { bounds } = parseConfig(source, KNOWN).config.observe;
    expect(bounds).toEqual({ ...DEFAULTS.observe.bounds, errors: 0.05 });
  });

  test('accepts the defaults and states the same', async () => {
    const ajv = new Ajv2020({ useDefaults: true, strict: false });
    const policies = new URL('../../schemas/policy.schema.json', import.meta.url);
    ajv.addSchema(JSON.parse(await readFile(policies, 'utf8')), 'policy.schema.json');
    const fill = ajv.compile(schema);
    const empty = {
      environments: {},
      images: {},
      dns: {},
      gate: {},
      staging: {},
      calendar: {},
      allowances: {},
      observe: {},
    };
    expect(fill(empty)).toBe(true);
    const { options, ...others } = DEFAULTS;
    expect(empty).toEqual({ ...others, rules: {} });
    const rules = Object.fromEntries(Object.keys(options).map(id => [id, {}]));
    expect(fill({ rules })).toBe(true);
    expect(rules).toEqual(options);
  });
});
