import { isIngress, tlsEntries } from '../src/kubernetes/ingress.ts';
import { annotation, idLabel, type KubeObject } from '../src/kubernetes/object.ts';
import { defineRule, type Sighting } from '../src/rule/rule.ts';

/** cert-manager, pkg/controller/certificate-shim: an Ingress with one of these asks for certificates. */
const REQUESTS = ['cert-manager.io/cluster-issuer', 'cert-manager.io/issuer', 'kubernetes.io/tls-acme'];

export default defineRule({
  id: 'certificate-never-issued',
  title: 'An Ingress that asks cert-manager for a certificate in a way that it passes over',
  severity: 'warning',
  why: 'No certificate is made, beyond an event BadConfig at best, and the host is served without one or with that of the controller.',
  fix: 'Give the Ingress one entry under tls for each certificate, with its hosts and a secretName that no other entry has.',

  on: 'state',
  *check({ objects }) {
    for (const object of objects) {
      const request = isIngress(object) ? REQUESTS.find(key => asks(object, key)) : undefined;
      if (request !== undefined) yield* gaps(object, request);
    }
  },
});

function asks(ingress: KubeObject, key: string): boolean {
  const value = annotation(ingress, key);
  return key === 'kubernetes.io/tls-acme' ? value === 'true' : value !== undefined && value !== '';
}

function* gaps(ingress: KubeObject, request: string): Generator<Sighting> {
  const label = idLabel(ingress.id);
  const tls = tlsEntries(ingress);
  if (tls.length === 0) {
    const path = ['metadata', 'annotations', request];
    yield {
      message: `${label}: ${request} is set, and no entry of tls says for which hosts`,
      at: { object: ingress, path },
    };
  }
  const seen = new Set<string>();
  for (const { hosts, secret = '', path } of tls) {
    if (hosts.length === 0)
      yield { message: `${label}: an entry of tls for cert-manager has no hosts`, at: { object: ingress, path } };
    if (secret === '')
      yield { message: `${label}: an entry of tls for cert-manager has no secretName`, at: { object: ingress, path } };
    else if (seen.has(secret)) {
      yield {
        message: `${label}: two entries of tls share the secretName ${secret}, so no certificate of the Ingress is made`,
        at: { object: ingress, path: [...path, 'secretName'] },
        severity: 'error',
      };
    }
    seen.add(secret);
  }
}
