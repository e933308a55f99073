import type { Result } from '../../src/report/result.ts';
import type { Level } from '../../src/risk/verdict.ts';
import * as make from '../support/results.ts';

/** A result in which every text comes from others. */
export function hostileResult(text: string, level: Level): Result {
  const unit = make.unit(text, text, 'production', { name: text });
  const span = { ...make.spanAt(`${text}.yaml`, 1), source: make.spanIn(`${text}.yaml`, `a: ${text}`, 'a').source };
  const object = make.objectId(text, text);
  const fact = make.fact(unit.key, {
    kind: 'image',
    move: 'major',
    subject: text,
    from: text,
    to: `${text}2`,
    span,
    object,
  });
  const unknown = { what: text, why: text, hint: text, span, units: [text] };
  return make.result({
    subject: { kind: 'commit', commit: 'a'.repeat(40), title: text, base: undefined, parents: [] },
    units: [make.unitChange({ ...unit, application: make.application(text, text) }, [fact])],
    verdict: make.verdict(level, {
      reasons: [make.reason(level, text, [fact], { why: text, shape: text })],
      obligations: [make.obligation({ title: text, state: 'unknown', evidence: text })],
      consult: [text],
    }),
    findings:
      level === 'low' ? [] : [make.finding(span, { message: text, why: text, fix: text, rule: text, units: [text] })],
    unknowns: level === 'low' ? [] : [unknown],
    incomplete: level === 'low' ? [] : [unknown],
    files: { seen: [text], analysed: [], skipped: [{ path: text, reason: text }] },
    commits: [make.commitLine(text, text, 'low', { errors: 1 })],
  });
}

/** What GitHub's runner obeys (actions/runner, src/Runner.Common/ActionCommand.cs): after trimming, and anywhere. */
export function isCommand(line: string): boolean {
  return line.trimStart().startsWith('::') || /##\w*\[/.test(line);
}
