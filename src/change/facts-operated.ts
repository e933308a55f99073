import { idLabel } from '../kubernetes/object.ts';
import { at, type Path, text } from '../yaml/node.ts';
import { type Aspect, startsWith } from './aspect.ts';
import { versionMove } from './facts-gap.ts';
import { placeOf, type Statement } from './statement.ts';

const VERSION: Path = ['spec', 'version'];

/**
 * Where a custom resource says which version of a program its operator is to run, from the types of grafana-operator
 * (api/v1beta1), prometheus-operator (pkg/apis/monitoring/v1), Elastic Cloud on Kubernetes, Strimzi (api/v1beta2) and
 * argocd-operator; databases are told as such. An OLM Subscription says it with the name of a ClusterServiceVersion,
 * `grafana-operator.v5.24.0` (operator-framework/api, pkg/operators/v1alpha1).
 */
const VERSIONS: ReadonlyMap<string, Path> = new Map([
  ['grafana.integreatly.org/Grafana', VERSION],
  ['monitoring.coreos.com/Prometheus', VERSION],
  ['monitoring.coreos.com/PrometheusAgent', VERSION],
  ['monitoring.coreos.com/Alertmanager', VERSION],
  ['monitoring.coreos.com/ThanosRuler', VERSION],
  ['kibana.k8s.elastic.co/Kibana', VERSION],
  ['apm.k8s.elastic.co/ApmServer', VERSION],
  ['beat.k8s.elastic.co/Beat', VERSION],
  ['agent.k8s.elastic.co/Agent', VERSION],
  ['logstash.k8s.elastic.co/Logstash', VERSION],
  ['kafka.strimzi.io/KafkaConnect', VERSION],
  ['kafka.strimzi.io/KafkaMirrorMaker2', VERSION],
  ['argoproj.io/ArgoCD', VERSION],
  ['operators.coreos.com/Subscription', ['spec', 'startingCSV']],
]);

/** The channel from which OLM takes newer versions of an operator by itself. */
const CHANNEL: Path = ['spec', 'channel'];

/** The version of a program that an operator runs, or of the operator. */
export const operated: Aspect = {
  claims: ({ path }, { after }) => placesIn(after.id).some(place => startsWith(path, place)),
  state: (_fields, { before, after }) =>
    placesIn(after.id).flatMap((path): Statement[] => {
      const [old, now] = [at(before.root, ...path), at(after.root, ...path)];
      const [from, to] = [text(old), text(now)];
      if (from === undefined || to === undefined || from === to) return [];
      const isChannel = path === CHANNEL;
      const move = isChannel ? 'unknown' : versionMove(numberOf(from), numberOf(to));
      const subject = `${idLabel(after.id)}${isChannel ? ': channel' : ''}`;
      return move === undefined
        ? []
        : [{ kind: 'component', move, subject, from, to, ...placeOf(old, now, after.root) }];
    }),
};

function placesIn({ group, kind }: { readonly group: string; readonly kind: string }): Path[] {
  const place = VERSIONS.get(`${group}/${kind}`);
  if (place === undefined) return [];
  return kind === 'Subscription' ? [place, CHANNEL] : [place];
}

/** What stands behind the name of an operator. */
function numberOf(version: string): string {
  return version.replace(/^[a-z]\w*[a-z-][\w-]*\.(?=v?\d)/i, '');
}
