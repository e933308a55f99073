import type { RiskSetting } from '../config/config.ts';
import { RISK_TABLE } from './table.generated.ts';
import type { RiskRow, RiskTable } from './table.ts';

/**
 * The risk table as a configuration changes it: before each row stand the rows that its entries make of it, in their
 * order, each for the paths and environments that it names.
 */
export function tableWith(settings: readonly RiskSetting[], table: RiskTable = RISK_TABLE): RiskTable {
  if (settings.length === 0) return table;
  const rows = table.rows.flatMap(row => [...settings.flatMap(setting => changedRow(row, setting, table) ?? []), row]);
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
