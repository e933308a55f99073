import { answerFor } from '../src/gitops/dns.ts';
import { idKey } from '../src/kubernetes/object.ts';
import { defineRule } from '../src/rule/rule.ts';

export default defineRule({
  id: 'hostname-without-dns',
  title: 'A new hostname that no DNS record answers',
  severity: 'error',
  why: 'Nobody reaches the host, and a certificate for it cannot be issued; the failed lookups stay in caches after the record is there.',
  fix: 'Add the record in this commit or an earlier one, and push when it resolves.',

  on: 'change',
  *check({ after, facts }, { dns }) {
    const objects = new Map(after?.objects.map(object => [idKey(object.id), object]));
    for (const fact of facts) {
      if (fact.kind !== 'hostname' || fact.move !== 'added' || fact.object === undefined) continue;
      const object = objects.get(idKey(fact.object));
      const answer = object && answerFor(fact.subject, object, dns);
      if (answer?.state !== 'missing') continue;
      yield {
        message: `${fact.subject} has no DNS record: this repository states those of ${answer.zone}, and not this one`,
        at: { span: fact.span },
        fix: `Add a record for ${fact.subject} to the zone ${answer.zone}, and push when it resolves.`,
      };
    }
  },
});
