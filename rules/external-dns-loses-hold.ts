import {
  externalDnsChartOf,
  externalDnsOf,
  type LostHold,
  lostHolds,
  type RunsExternalDns,
  valuesOf,
} from '../src/kubernetes/external-dns.ts';
import { defineRule } from '../src/rule/rule.ts';

export default defineRule({
  id: 'external-dns-loses-hold',
  title: 'An external-dns that no longer knows its records or what asks for them',
  severity: 'warning',
  why: 'Records that another owner made are neither updated nor removed, and objects whose annotations it does not read ask for no record, so the ones that they had are removed.',
  fix: 'Put the setting back, or move over on purpose: the new owner with --migrate-from-txt-owner, the new prefix with both annotations on every object first.',

  on: 'change',
  *check({ changes }) {
    for (const change of changes) {
      if (change.kind !== 'modified') continue;
      const [before, after] = [change.before, change.after].map(
        object => externalDnsOf(object) ?? externalDnsChartOf(object),
      );
      if (before === undefined || after === undefined) continue;
      for (const lost of lostHolds(before, after)) {
        yield { message: messageOf(lost, after), at: { object: change.after, path: lost.path }, fix: FIXES[lost.what] };
      }
    }
  },
});

const FIXES = {
  records:
    'Put the setting back. For another owner add --migrate-from-txt-owner with the old one; for another prefix or suffix take the old ownership records over by hand.',
  annotations:
    'Set --annotation-prefix to the old prefix, and change it only when every object has its annotations under both.',
};

function messageOf({ setting, from, to, what }: LostHold, runs: RunsExternalDns): string {
  const change = `${setting} goes from ${shown(from)} to ${shown(to)}`;
  if (what === 'records') return `${change}, so external-dns takes the records that it made for those of somebody else`;
  const keeps = valuesOf(runs, 'policy').some(policy => policy !== 'sync');
  const end = keeps ? 'are not updated any more' : 'are removed';
  return `${change}, so records that annotations under the old one asked for ${end}`;
}

function shown(value: string): string {
  return value === '' ? 'none' : value;
}
