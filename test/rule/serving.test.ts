import { describe, expect, it } from 'vitest';
import { servicesOf, servingContainers } from '../../src/rule/serving.ts';
import { object, objects } from '../support/objects.ts';

const web = object(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  template:
    metadata: { labels: { app: web } }
    spec:
      initContainers:
        - { name: migrate, image: a }
        - { name: proxy, image: a, restartPolicy: Always, ports: [{ containerPort: 8443 }] }
      containers:
        - { name: nginx, image: a, ports: [{ containerPort: 8080, name: http }] }
        - { name: fpm, image: a, ports: [{ containerPort: 9000, name: http-metrics }] }
`);

function service(ports: string, more = '') {
  return object(`
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [${ports}]${more} }
`);
}

describe('the Services in front of a workload', () => {
  it.each([
    ['{ port: 80 }', 1],
    ['{ port: 9090, name: metrics }', 0],
    ['{ port: 9090, name: http-metrics }, { port: 80, name: http }', 1],
    ['{ port: 80, targetPort: prometheus }', 0],
    ['{ port: 9000 }', 0],
    ['{ port: 9000, targetPort: 8080 }', 1],
  ])('with ports %s are %i', (ports, count) => {
    expect(servicesOf(web, [service(ports)])).toHaveLength(count);
  });

  it.each(['web-metrics', 'metrics', 'web-metrics-service', 'web-exporter'])('are none that is called %s', name => {
    const scraped = service('{ port: 8080 }');
    expect(servicesOf(web, [{ ...scraped, id: { ...scraped.id, name } }])).toEqual([]);
    expect(servicesOf(web, [{ ...scraped, id: { ...scraped.id, name: `${name}-adapter` } }])).toHaveLength(1);
  });

  it('are none of another namespace', () => {
    const [elsewhere] = objects(`
apiVersion: v1
kind: Service
metadata: { name: web, namespace: other }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
`);
    expect(servicesOf(web, elsewhere === undefined ? [] : [elsewhere])).toEqual([]);
  });
});

describe('the containers that answer', () => {
  it.each([
    ['{ port: 80, targetPort: http }', ['nginx']],
    ['{ port: 80, targetPort: 8080 }', ['nginx']],
    ['{ port: 8080 }', ['nginx']],
    ['{ port: 443, targetPort: 8443 }', ['proxy']],
    ['{ port: 80 }', []],
  ])('to %s are %j', (ports, names) => {
    expect(servingContainers(web, [service(ports)]).map(container => container.name)).toEqual(names);
  });

  it('are the only one, whatever it lists', () => {
    const single = object(`
apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { containers: [{ name: site, image: a }] }
`);
    expect(servingContainers(single, [service('{ port: 80 }')]).map(container => container.name)).toEqual(['site']);
  });
});
