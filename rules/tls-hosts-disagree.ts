import { hostnames } from '../src/kubernetes/hosts.ts';
import { coversHost, isIngress, ruleHosts, servesEveryHost, tlsEntries } from '../src/kubernetes/ingress.ts';
import { annotation, idLabel, type KubeObject } from '../src/kubernetes/object.ts';
import { defineRule, type Sighting } from '../src/rule/rule.ts';

export default defineRule({
  id: 'tls-hosts-disagree',
  title: 'An Ingress whose certificates and rules are for different hosts',
  severity: 'warning',
  why: "A host that no entry of tls covers is answered with the controller's own certificate, which browsers refuse; one that only tls names serves nothing.",
  fix: 'Name the same hosts under tls and under rules; a wildcard of a certificate takes the place of one label.',

  on: 'state',
  *check({ objects }) {
    for (const object of objects) {
      const certified = new Set(isIngress(object) ? tlsEntries(object).flatMap(({ hosts }) => hosts) : []);
      if (certified.size > 0) yield* disagreement(object, certified, objects);
    }
  },
});

function* disagreement(
  ingress: KubeObject,
  certified: ReadonlySet<string>,
  objects: readonly KubeObject[],
): Generator<Sighting> {
  // An entry without hosts is for all of them.
  const isForAll = tlsEntries(ingress).some(({ hosts }) => hosts.length === 0);
  const [bare] = isForAll ? [] : [...ruleHosts(ingress)].filter(([host]) => !isAmong(host, certified));
  const idle = [...certified].find(host => !isServed(host, ingress, objects));
  if (bare !== undefined) {
    const [host, path] = bare;
    const beside = idle ?? [...certified].join(', ');
    yield {
      message: `${idLabel(ingress.id)}: the rule is for ${host}, and tls for ${beside}`,
      at: { object: ingress, path },
    };
  } else if (idle !== undefined) {
    const served = [...ruleHosts(ingress).keys()].join(', ');
    const path = tlsEntries(ingress).find(({ hosts }) => hosts.includes(idle))?.path ?? ['spec', 'tls'];
    yield {
      message: `${idLabel(ingress.id)}: tls is for ${idle}, and the rules for ${served}`,
      at: { object: ingress, path },
    };
  }
}

function isAmong(host: string, patterns: Iterable<string>): boolean {
  return [...patterns].some(pattern => coversHost(pattern, host));
}

/** By a rule, an alias, the redirect from the name with www or without it, or another object that shares the Secret. */
function isServed(host: string, ingress: KubeObject, objects: readonly KubeObject[]): boolean {
  if (servesEveryHost(ingress)) return true;
  const own = [...ruleHosts(ingress).keys(), ...aliases(ingress)];
  const others = objects.filter(object => object !== ingress && object.id.kind !== 'Certificate').flatMap(hostsOf);
  return [...own, ...others].some(name => coversHost(name, host) || coversHost(host, name));
}

function hostsOf(object: KubeObject): string[] {
  return isIngress(object) ? [...ruleHosts(object).keys()] : hostnames(object).map(({ host }) => host);
}

function aliases(ingress: KubeObject): string[] {
  const named = (annotation(ingress, 'nginx.ingress.kubernetes.io/server-alias') ?? '').split(',');
  if (annotation(ingress, 'nginx.ingress.kubernetes.io/from-to-www-redirect') !== 'true') return named.map(trimmed);
  const twins = [...ruleHosts(ingress).keys()].map(host => (host.startsWith('www.') ? host.slice(4) : `www.${host}`));
  return [...named.map(trimmed), ...twins];
}

function trimmed(name: string): string {
  return name.trim().toLowerCase();
}
