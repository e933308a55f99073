import type { FactKind } from '../change/fact.ts';
import type { RiskSetting } from '../config/config.ts';
import type { GateLevel } from '../config/gate.ts';
import { RISK_TABLE } from './table.generated.ts';
import { type RiskRow, type RiskTable, STAGING_FIRST } from './table.ts';
import { LEVELS } from './verdict.ts';

/**
 * The risk table as a configuration changes it: before each row stand the rows that its entries make of it, in their
 * order, each for the paths and environments that it names.
 */
export function tableWith(settings: readonly RiskSetting[], table: RiskTable = RISK_TABLE): RiskTable {
  if (settings.length === 0) return table;
  const rows = table.rows.flatMap(row => [...settings.flatMap(setting => changedRow(row, setting, table) ?? []), row]);
  return { ...table, rows };
}

/** Kinds of facts that bring a version to a unit, which staging can have run before. */
const VERSIONED: readonly FactKind[] = ['image', 'database', 'chart', 'component'];

/** The table in which staging comes first for every version that moves with a risk from this level on. */
export function stagingRequiredFrom(level: GateLevel | 'off', table: RiskTable): RiskTable {
  if (level === 'off') return table;
  const rows = table.rows.map((row): RiskRow => {
    const asks = VERSIONED.includes(row.when.kind) && LEVELS.indexOf(row.level) >= LEVELS.indexOf(level);
    if (!asks || row.obligations.includes(STAGING_FIRST)) return row;
    return { ...row, obligations: [STAGING_FIRST, ...row.obligations] };
  });
  return { ...table, rows };
}

function changedRow(row: RiskRow, setting: RiskSetting, table: RiskTable): RiskRow | undefined {
  if (setting.rows !== undefined && !setting.rows.includes(row.id)) return undefined;
  const environments = row.when.environments?.filter(one => setting.environments?.includes(one) ?? true);
  const within = environments ?? setting.environments;
  const asked = setting.obligations;
  return {
    ...row,
    level: setting.level ?? row.level,
    obligations:
      asked === undefined ? row.obligations : table.obligations.flatMap(({ id }) => (asked.includes(id) ? id : [])),
    consult: setting.consult ?? row.consult,
    when: {
      ...row.when,
      ...(within !== undefined && { environments: within }),
      ...(setting.paths !== undefined && { paths: setting.paths }),
    },
  };
}
