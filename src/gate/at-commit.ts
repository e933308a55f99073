import type { Answer, Objection } from '../report/objection.ts';
import type { Result } from '../report/result.ts';
import { shellWord } from '../report/shell.ts';
import type { Verdict } from '../risk/verdict.ts';
import type { Finding } from '../rule/finding.ts';
import { type Declared, TRAILERS } from './declared.ts';
import {
  admits,
  beside,
  consultOf,
  hardErrors,
  mismatch,
  reaches,
  remarks,
  riskOf,
  unacknowledged,
  untested,
} from './gate.ts';

/** What a message has to say of the change, once it is written. `file` is where git keeps the message. */
export function atCommit(result: Result, declared: Declared, file: string): Answer {
  const { config, findings } = result;
  const mistakes = hardErrors(findings, config).map(mistake);
  const verdict = beside(mistakes, result.verdict);
  const differs = result.files.seen.length === 0 ? undefined : mismatch(declared, result.verdict, 'what is staged');
  const asked = reaches(verdict.level, config.gate.acknowledge) && !admits(declared, verdict.level);
  const risk = asked ? [retry(differs ?? unsaid(verdict), [`${TRAILERS.risk}: ${verdict.level}`], file)] : [];
  return {
    differs: differs === undefined || asked ? [] : [differs],
    stops: [
      ...(differs === undefined ? [] : risk),
      ...mistakes,
      ...firstOfEach(unacknowledged(findings, declared, config)).map(finding => acknowledge(finding, file)),
      ...(differs === undefined ? risk : []),
      // Evidence that is missing today may be there at the push; what cannot be known stays so.
      ...untested(result, declared, config)
        .filter(({ state }) => state === 'unknown')
        .map(({ evidence }) =>
          retry(
            { what: `not known to have run on staging: ${evidence}`, why: [], goOn: [] },
            [`${TRAILERS.tested}: staging`],
            file,
          ),
        ),
    ],
    notes: remarks(declared, config),
  };
}

function unsaid(verdict: Verdict): Objection {
  return { what: `${riskOf(verdict)}, which the message does not acknowledge`, why: consultOf(verdict), goOn: [] };
}

function mistake({ rule, message, fix }: Finding): Objection {
  return { what: `${rule}: ${message}`, why: [], goOn: [{ say: fix, copy: [] }] };
}

/** One line of a message acknowledges all findings of a rule. */
function firstOfEach(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ rule }, i) => findings.findIndex(other => other.rule === rule) === i);
}

function acknowledge(finding: Finding, file: string): Objection {
  return retry(mistake(finding), [`${TRAILERS.acknowledgement}: ${finding.rule} - why it is meant`], file);
}

/** git keeps the message of a commit that a hook refuses. */
function retry({ what, why, goOn }: Objection, trailers: readonly string[], file: string): Objection {
  const command = `git commit --edit --file ${shellWord(file)}`;
  const isMerge = file.endsWith('MERGE_MSG');
  return {
    what,
    why,
    goOn: [
      ...goOn.filter(({ copy }) => copy.length === 0),
      { say: 'If it is meant, say so in the last paragraph of the message, which is kept:', copy: trailers },
      { say: 'and commit again, with the options and files as before:', copy: [isMerge ? 'git commit' : command] },
    ],
  };
}
