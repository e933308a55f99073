import type { KubeObject } from '../kubernetes/object.ts';
import { number, text } from '../yaml/node.ts';
import { brief } from './application.ts';
import { condition } from './pods.ts';
import { landed, rolling, type Signal, stuck } from './signal.ts';

/** Whether cert-manager has the certificate, for the newest version of what asks for it. (cert-manager, pkg/apis/certmanager/v1) */
export function judgeCertificate(live: KubeObject | undefined, now: number): Signal {
  if (live === undefined) return rolling('there is no Certificate yet');
  const ready = condition(live, 'Ready');
  const observed = number(ready, 'observedGeneration') ?? 0;
  const isCurrent = observed >= (number(live.root, 'metadata', 'generation') ?? 0);
  const until = text(live.root, 'status', 'notAfter');
  if (text(ready, 'status') === 'True' && isCurrent) {
    const isOver = until !== undefined && Date.parse(until) < now;
    return isOver ? stuck(`it ran out at ${until}`) : landed(`ready${until === undefined ? '' : `, until ${until}`}`);
  }
  const why = brief(text(ready, 'message') ?? 'cert-manager has not looked at it yet');
  const attempts = number(live.root, 'status', 'failedIssuanceAttempts') ?? 0;
  const failedAt = text(live.root, 'status', 'lastFailureTime');
  return attempts > 0 || failedAt !== undefined
    ? stuck(
        `not issued after ${Math.max(1, attempts)} attempts: ${why}`,
        `kubectl describe certificate -n ${live.id.namespace} ${live.id.name}`,
      )
    : rolling(why);
}
