import { describe, expect, it } from 'vitest';
import type { RiskSetting } from '../../src/config/config.ts';
import { stagingRequiredFrom, tableWith } from '../../src/risk/risk-settings.ts';
import { RISK_TABLE } from '../../src/risk/table.generated.ts';
import { rowOf } from '../../src/risk/table.ts';
import { Source } from '../../src/yaml/node.ts';
import { factOf, PRODUCTION } from '../support/facts.ts';

const major = factOf({
  kind: 'image',
  move: 'major',
  span: { source: new Source('base/kustomization.yaml', ''), start: 0, end: 0 },
});
const shop = { ...PRODUCTION, folders: ['clients/shop/prod'] };

describe('the risk table with the settings of a team', () => {
  it.each<[string, RiskSetting, string]>([
    ['a level for a row', { rows: ['image-major'], level: 'high' }, 'high'],
    ['a level for another row', { rows: ['volume'], level: 'high' }, 'medium'],
    ['every row', { level: 'low' }, 'low'],
    ['a folder of the unit', { paths: ['clients/shop'], level: 'high' }, 'high'],
    ['the file that changed', { paths: ['base'], level: 'high' }, 'high'],
    ['a path elsewhere', { paths: ['clients/other'], level: 'high' }, 'medium'],
    ['the environment', { environments: ['production'], level: 'high' }, 'high'],
    ['another environment', { environments: ['staging'], level: 'high' }, 'medium'],
  ])('%s', (_, setting, level) => {
    expect(rowOf(major, shop, tableWith([setting]))?.level).toBe(level);
  });

  it('takes the first entry that fits, and leaves what it does not name', () => {
    const settings: RiskSetting[] = [
      { paths: ['clients/shop'], consult: ['shop team'], obligations: ['backup', 'staging-first'] },
      { level: 'high' },
    ];
    const row = rowOf(major, shop, tableWith(settings));
    expect(row).toMatchObject({
      id: 'image-major',
      level: 'medium',
      consult: ['shop team'],
      obligations: ['staging-first', 'backup'],
    });
    expect(rowOf(major, PRODUCTION, tableWith(settings))?.level).toBe('high');
  });

  it('keeps a row that is for some environments to these', () => {
    const row = RISK_TABLE.rows.find(({ id }) => id === 'access-widened-policy-below-production');
    const table = tableWith([{ level: 'high', environments: ['production', 'staging'] }]);
    const changed = table.rows.filter(({ id }) => id === row?.id);
    expect(changed.map(({ when }) => when.environments)).toEqual([['staging'], ['staging', 'development']]);
  });

  it('is the shipped one where nothing is set', () => {
    expect(tableWith([])).toBe(RISK_TABLE);
  });
});

describe('staging that is required', () => {
  const rows = (level: 'off' | 'low' | 'medium' | 'high') =>
    new Set(
      stagingRequiredFrom(level, RISK_TABLE).rows.flatMap(row =>
        row.obligations.includes('staging-first') ? row.id : [],
      ),
    );

  it('comes first for every version from that level on, and for nothing else', () => {
    expect(stagingRequiredFrom('off', RISK_TABLE)).toBe(RISK_TABLE);
    expect([...rows('medium')]).toEqual(expect.arrayContaining(['image-downgrade', 'chart-minor', 'image-major']));
    expect(rows('medium').has('image-patch')).toBe(false);
    expect(rows('low').has('image-patch')).toBe(true);
    expect(rows('low').has('env-added')).toBe(false);
  });
});
