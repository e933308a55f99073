import type { Config } from '../config/config.ts';
import { severitiesOf } from '../report/line.ts';
import type { Answer, Objection } from '../report/objection.ts';
import type { Result } from '../report/result.ts';
import type { Level } from '../risk/verdict.ts';
import type { Finding } from '../rule/finding.ts';
import { SEVERITIES } from '../rule/rule.ts';
import { closedFor } from './calendar.ts';
import { type Declared, declaredIn, TRAILERS } from './declared.ts';
import {
  admits,
  beside,
  consultOf,
  joined,
  mismatch,
  onceMended,
  reaches,
  remarks,
  riskOf,
  unacknowledged,
  untested,
} from './gate.ts';

/**
 * What stops a push of these commits at this moment. The range as a whole is what lands; each commit answers for itself.
 *
 * @param lands whether the branch deploys; on any other only mistakes count
 */
export function atPush(result: Result, now: Date, lands = true): Answer {
  const { config, findings, commits } = result;
  const told = commits.map(commit => ({ commit, declared: declaredIn(commit.message) }));
  const all = joined(told.map(({ declared }) => declared));
  const wrong = mistakes(findings, all, config);
  return {
    differs: told.flatMap(({ commit, declared }) => mismatch(declared, commit.verdict, nameOf(commit)) ?? []),
    stops: [
      ...wrong,
      ...(lands ? atLanding({ ...result, verdict: beside(wrong, result.verdict) }, told, all, now) : []),
    ],
    notes: told.flatMap(({ declared }) => remarks(declared, config)),
  };
}

function atLanding(result: Result, told: readonly Told[], all: Declared, now: Date): Objection[] {
  const missing = untested(result, all, result.config);
  return [...risks(result, told), ...closed(result, now), ...missing.map(({ evidence }) => notOnStaging(evidence))];
}

type Told = { readonly commit: Result['commits'][number]; readonly declared: Declared };

function nameOf({ commit, title }: Result['commits'][number]): string {
  return `${commit.slice(0, 8)} ${title}`;
}

/**
 * Each commit of such a risk answers for it, and a merge through the commits that it brings. Where none has it by itself,
 * the newest one answers for what they do together.
 */
function risks({ config, verdict, commits }: Result, told: readonly Told[]): Objection[] {
  const stopping = (level: Level) => reaches(level, config.gate.prePush);
  if (!stopping(verdict.level)) return [];
  const newest = commits.at(-1)?.commit;
  const risky = told
    .map(({ commit, declared }) => ({ commit: { ...commit, verdict: onceMended(commit.verdict) }, declared }))
    .filter(({ commit }) => stopping(commit.verdict.level));
  const answering =
    risky.length > 0
      ? risky
      : told.slice(-1).map(({ commit, declared }) => ({ commit: { ...commit, verdict }, declared }));
  return answering
    .filter(({ commit: { verdict, isMerge }, declared }) => {
      const voices = isMerge ? told.map(other => other.declared) : [declared];
      return !voices.some(voice => admits(voice, verdict.level));
    })
    .map(({ commit, declared: { risk } }) => {
      const said = risk === undefined ? 'which its message does not acknowledge' : `and its message says ${risk}`;
      return {
        what: `${nameOf(commit)}: ${riskOf(commit.verdict)}, ${said}`,
        why: consultOf(commit.verdict),
        goOn: [reword(commit, newest, `${TRAILERS.risk}: ${commit.verdict.level}`)],
      };
    });
}

function reword(
  { commit }: Result['commits'][number],
  newest: string | undefined,
  trailer: string,
): Objection['goOn'][number] {
  if (commit === newest) {
    return {
      say: 'If it is meant, say so in its message:',
      copy: [`git commit --amend --edit --trailer "${trailer}"`],
    };
  }
  const short = commit.slice(0, 8);
  return {
    say: `If it is meant, say so in its message: reword ${short}, and add "${trailer}" as its last paragraph.`,
    copy: [`git rebase --interactive ${short}^`],
  };
}

/** What has to be acknowledged and is not, and the rest from the severity on that the policy names. */
function mistakes(findings: readonly Finding[], all: Declared, config: Config): Objection[] {
  const { prePush, acknowledge } = config.gate;
  const least = SEVERITIES.findIndex(severity => severity !== 'info' && prePush.includes(severity));
  if (least < 0) return [];
  const severe = findings.filter(({ severity }) => SEVERITIES.indexOf(severity) >= least);
  const plain = severe.filter(({ rule }) => !acknowledge.includes(rule));
  const seen = [...plain, ...unacknowledged(findings, all, config)];
  if (seen.length === 0) return [];
  const rules = [...new Set(seen.map(({ rule }) => rule))];
  const meant = rules.filter(rule => acknowledge.includes(rule));
  return [
    {
      what: `${severitiesOf(seen).join(' and ')}: ${rules.join(', ')}`,
      why: [],
      goOn: [
        { say: 'Mend it in a further commit, or in the commit that brings it, and push again.', copy: [] },
        ...meant.map(rule => ({
          say: 'Or say in a message why it is meant:',
          copy: [`git commit --amend --edit --trailer "${TRAILERS.acknowledgement}: ${rule} - why it is meant"`],
        })),
      ],
    },
  ];
}

function closed({ config, verdict }: Result, now: Date): Objection[] {
  const shut = closedFor(verdict.level, now, config.calendar);
  if (shut === undefined) return [];
  const next = shut.opens === undefined ? 'The calendar names no time for it.' : `It can go out from ${shut.opens} on.`;
  return [
    {
      what: `${riskOf(verdict)}, and now is ${shut.why}`,
      why: [],
      goOn: [{ say: `${next} Who must go now asks those who keep the calendar.`, copy: [] }],
    },
  ];
}

function notOnStaging(evidence: string): Objection {
  return {
    what: `staging first: ${evidence}`,
    why: [],
    goOn: [{ say: 'Bring it to staging, see that it works, and push this then.', copy: [] }],
  };
}
