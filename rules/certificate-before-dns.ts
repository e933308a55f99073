import type { Fact } from '../src/change/fact.ts';
import { answerFor } from '../src/gitops/dns.ts';
import { challengeFor, type IssuerName, issuerOf } from '../src/kubernetes/issuers.ts';
import { idKey, type KubeObject } from '../src/kubernetes/object.ts';
import type { Knowledge } from '../src/rule/knowledge.ts';
import { defineRule, type WideSighting } from '../src/rule/rule.ts';

export default defineRule({
  id: 'certificate-before-dns',
  title: 'A certificate that is asked for before the host resolves',
  severity: 'info',
  why: 'With HTTP-01 the authority fetches a file from the host, so the record has to be there first: until it resolves, the host is served with the certificate of the controller.',
  fix: 'Apply the record first, in a commit of its own, and add the host when it resolves.',

  on: 'commit',
  *check({ changes }, knowledge) {
    const records = changes.flatMap(({ facts }) =>
      facts.filter(({ kind, move }) => kind === 'dns' && move === 'added'),
    );
    for (const { unit, after, facts } of changes) {
      const objects = new Map(after?.objects.map(object => [idKey(object.id), object]));
      for (const fact of facts) {
        if (fact.kind !== 'hostname' || fact.move !== 'added' || fact.object === undefined) continue;
        const object = objects.get(idKey(fact.object));
        const found = object && sightingOf(fact, object, records, knowledge);
        if (found !== undefined) yield { ...found, units: [unit] };
      }
    }
  },
});

function sightingOf(
  { subject: host, span }: Fact,
  object: KubeObject,
  records: readonly Fact[],
  { dns, issuers }: Knowledge,
): WideSighting | undefined {
  const name = issuerOf(object);
  const issuer = name && issuerNamed(name, object, issuers);
  if (name === undefined || issuer === undefined || challengeFor(issuer, host) !== 'http01') return undefined;
  const label = `${name.kind} ${name.name}`;
  if (host.startsWith('*.')) {
    return {
      message: `${host} is to be proven over HTTP-01 by ${label}, and wildcards are proven over DNS-01 only`,
      at: { span },
      severity: 'error',
      fix: 'Give the issuer a solver with dns01 for the zone, or name the hosts one by one.',
    };
  }
  const answer = answerFor(host, object, dns);
  const isNew = answer.state === 'covered' && records.some(({ subject }) => answer.by === reversed(subject));
  if (!isNew) return undefined;
  return {
    message: `${host} is proven over HTTP-01 by ${label}, and its record comes with the same commit`,
    at: { span },
  };
}

/** `www.shop.example A` as an answer has it: `A www.shop.example`. */
function reversed(subject: string): string {
  return subject.split(' ').reverse().join(' ');
}

/** Several of one name, as with an environment each, are not told apart here. */
function issuerNamed(
  { kind, name }: IssuerName,
  object: KubeObject,
  issuers: readonly KubeObject[],
): KubeObject | undefined {
  const [only, ...others] = issuers.filter(
    ({ id }) =>
      id.kind === kind &&
      id.name === name &&
      (kind === 'ClusterIssuer' || ['', object.id.namespace].includes(id.namespace)),
  );
  return others.length === 0 ? only : undefined;
}
