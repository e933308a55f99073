import { describe, expect, it } from 'vitest';
import type { UnitChange } from '../../src/change/change.ts';
import { FACTS, type Fact, type FactKind, type Move } from '../../src/change/fact.ts';
import type { StagingEvidence, Stay } from '../../src/gitops/staging.ts';
import type { Environment } from '../../src/gitops/unit.ts';
import { assess } from '../../src/risk/assess.ts';
import type { Evidence } from '../../src/risk/obligations.ts';
import { stagingQuestions } from '../../src/risk/staging-questions.ts';
import { LEVELS } from '../../src/risk/verdict.ts';
import { unitOf } from '../support/changes.ts';
import { factOf } from '../support/facts.ts';
import * as fc from '../support/properties.ts';

const NOTHING_KNOWN: Evidence = {
  staging: { of: () => ({ state: 'unknown', reason: 'there is no staging sibling' }) },
  dns: () => ({ state: 'unknown', reason: 'no zone is stated here' }),
};

const onStaging = (answer: StagingEvidence): Evidence => ({ ...NOTHING_KNOWN, staging: { of: () => answer } });

function changeOf(facts: readonly Partial<Fact>[], environment: Environment = 'production'): UnitChange {
  const unit = unitOf({ environment, key: environment });
  const own = facts.map(fact => factOf({ unit: environment, ...fact }));
  return { unit, before: undefined, after: undefined, changes: [], facts: own };
}

function verdict(facts: readonly Partial<Fact>[], evidence = NOTHING_KNOWN, environment: Environment = 'production') {
  return assess({ changes: [changeOf(facts, environment)], revert: false, evidence });
}

const MAJOR = { kind: 'image', move: 'major', subject: 'shop/php_fpm', from: '4.99.11.0', to: '5.0.0.0' } as const;

describe('the level of a commit', () => {
  it('is none where nothing changes', () => {
    expect(verdict([])).toEqual({ level: 'none', reasons: [], obligations: [], consult: [] });
  });

  it('is that of its worst fact, which is said first', () => {
    const { level, reasons } = verdict([
      { kind: 'env', move: 'added' },
      { kind: 'image', move: 'patch', subject: 'a' },
      { kind: 'image', move: 'patch', subject: 'b' },
      MAJOR,
    ]);
    expect(level).toBe('medium');
    expect(reasons.map(({ row, facts }) => `${row}: ${facts.map(({ subject }) => subject).join(', ')}`)).toEqual([
      'image-major: shop/php_fpm',
      'image-patch: a, b',
      'env-added: x',
    ]);
  });

  it('says once that an Application is new, which its manifest and its unit both say', () => {
    const twice = verdict([
      { kind: 'application', move: 'added', subject: 'shop', unit: 'apps' },
      { kind: 'application', move: 'added', subject: 'shop', unit: 'shop' },
    ]);
    expect(twice.reasons.map(({ facts }) => facts.length)).toEqual([1]);
  });

  it('says of each Application what changes in it', () => {
    const moved = { kind: 'application', move: 'changed', subject: 'destination.namespace' } as const;
    const object = (name: string) => ({ group: 'argoproj.io', kind: 'Application', namespace: '', name });
    const both = verdict([
      { ...moved, object: object('shop') },
      { ...moved, object: object('blog') },
    ]);
    expect(both.reasons.map(({ facts }) => facts.map(fact => fact.object?.name))).toEqual([['shop', 'blog']]);
  });

  it('is medium where a table of another team has no row', () => {
    const { level, reasons } = assess(
      { changes: [changeOf([MAJOR])], revert: false, evidence: NOTHING_KNOWN },
      { rows: [], obligations: [] },
    );
    expect(level).toBe('medium');
    expect(reasons.map(({ row }) => row)).toEqual(['unforeseen']);
  });

  it('is never lowered by one fact more', () => {
    const moves = Object.entries(FACTS).flatMap(([kind, list]) => list.map(move => [kind, move] as [FactKind, Move]));
    const fact = fc.constantFrom(...moves).map(([kind, move]) => ({ kind, move }));
    fc.assert(
      fc.property(fc.array(fact), fact, (facts, more) => {
        const [few, many] = [verdict(facts), verdict([...facts, more])];
        expect(LEVELS.indexOf(many.level)).toBeGreaterThanOrEqual(LEVELS.indexOf(few.level));
      }),
    );
  });
});

const lines = ({ obligations }: { obligations: readonly { id: string; state: string; evidence: string }[] }) =>
  obligations.map(({ id, state, evidence }) => `${id} ${state}: ${evidence}`);

const MIGRATION =
  'db-migration unknown: the image cannot be read from here; its release notes say whether one is needed';

const STAY: Stay = {
  sibling: 'shop-staging',
  since: { commit: '9f8e7d6c5b4a', date: '2026-11-20T10:00:00Z' },
  until: undefined,
  takenBack: false,
  minutes: 3 * 24 * 60,
};
const LEFT = { commit: '0a1b2c3d4e5f', date: '2026-11-24T10:00:00Z' };

describe('staging first', () => {
  it.each([
    [{ state: 'met', stay: STAY }, 'staging-first met: 5.0.0.0 is on shop-staging since 2026-11-20, 9f8e7d6, 3 days'],
    [
      { state: 'met', stay: { ...STAY, until: LEFT, minutes: 119 } },
      'staging-first met: 5.0.0.0 was on shop-staging from 2026-11-20, 9f8e7d6 to 2026-11-24, 0a1b2c3, 1 hour',
    ],
    [
      { state: 'met', stay: { ...STAY, since: undefined, minutes: undefined } },
      'staging-first met: 5.0.0.0 is on shop-staging',
    ],
    [
      { state: 'unmet', sibling: 'shop-staging', tags: ['4.99.11.0'], stay: undefined },
      'staging-first unmet: 5.0.0.0 has not been on shop-staging (there: 4.99.11.0)',
    ],
    [
      { state: 'unmet', sibling: 'shop-staging', tags: ['4.99.11.0'], stay: { ...STAY, until: LEFT, takenBack: true } },
      'staging-first unmet: 5.0.0.0 was taken back from shop-staging on 2026-11-24, 0a1b2c3',
    ],
    [
      { state: 'unmet', sibling: 'shop-staging', tags: ['5.0.0.0'], stay: { ...STAY, minutes: 1 } },
      'staging-first unmet: 5.0.0.0 is on shop-staging since 2026-11-20, 9f8e7d6, 1 minute, which is too short',
    ],
    [{ state: 'unknown', reason: 'there is no staging sibling' }, 'staging-first unknown: there is no staging sibling'],
  ] satisfies [StagingEvidence, string][])('is looked up: %o', (answer, expected) => {
    expect(lines(verdict([MAJOR], onStaging(answer)))).toContain(expected);
  });

  it('is asked for with the repository and the tag that move in', () => {
    const asked: string[] = [];
    const staging = {
      of(unit: string, image: string, tag: string): StagingEvidence {
        asked.push(`${unit} ${image} ${tag}`);
        return { state: 'unknown', reason: '' };
      },
    };
    verdict([MAJOR, { ...MAJOR, move: 'repository', subject: 'ghcr.io/me/php', to: 'ghcr.io/me/php:5.0.0' }], {
      ...NOTHING_KNOWN,
      staging,
    });
    expect(asked).toEqual(['production shop/php_fpm 5.0.0.0', 'production ghcr.io/me/php 5.0.0']);
  });

  it('tells what has to be looked up', () => {
    const changes = [changeOf([MAJOR, { ...MAJOR, move: 'patch' }]), changeOf([MAJOR], 'staging')];
    const questions = stagingQuestions({ changes, revert: false });
    expect(questions.map(({ unit, kind, name, version }) => `${unit.environment} ${kind} ${name} ${version}`)).toEqual([
      'production image shop/php_fpm 5.0.0.0',
    ]);
  });

  it.each(['staging', 'development'] as const)('is not asked of %s', environment => {
    expect(lines(verdict([MAJOR], NOTHING_KNOWN, environment))).toEqual([MIGRATION]);
  });

  it('is said once for images with one answer', () => {
    const both = verdict([MAJOR, { ...MAJOR, subject: 'shop/php_cli' }]);
    expect(lines(both)).toEqual(['staging-first unknown: there is no staging sibling', MIGRATION]);
  });
});

describe('a DNS record', () => {
  const added = (host: string) => ({ kind: 'hostname', move: 'added', subject: host }) as const;
  const evidence: Evidence = {
    ...NOTHING_KNOWN,
    dns: host =>
      host === 'new.shop.example'
        ? { state: 'missing', zone: 'shop.example' }
        : { state: 'covered', by: 'A www.shop.example', span: undefined },
  };

  it('is met, unmet or unknown for each hostname, what is to do first', () => {
    expect(lines(verdict([added('www.shop.example'), added('new.shop.example')], evidence))).toEqual([
      'dns-record unmet: new.shop.example has no record among those of shop.example',
      'dns-record met: www.shop.example: A www.shop.example',
    ]);
    expect(lines(verdict([added('www.shop.example')]))).toEqual([
      'dns-record unknown: www.shop.example: no zone is stated here',
    ]);
  });

  it('is asked for a new client as a whole only where no hostname is known', () => {
    const client = { kind: 'client', move: 'added' } as const;
    expect(verdict([client]).obligations).toHaveLength(1);
    expect(lines(verdict([client, added('www.shop.example')], evidence))).toEqual([
      'dns-record met: www.shop.example: A www.shop.example',
    ]);
  });
});

describe('what nobody can see in a repository', () => {
  it('is unknown, with whom to ask', () => {
    const { obligations, consult } = verdict([{ kind: 'database', move: 'series', engine: 'mariadb', subject: 'db' }]);
    expect(obligations.map(({ id, state }) => `${id} ${state}`)).toEqual([
      'staging-first unknown',
      'backup unknown',
      'db-manager unknown',
    ]);
    expect(consult).toEqual(['db-manager']);
  });
});
