import { ingressClass, isIngress, type Route, routesOf } from '../src/kubernetes/ingress.ts';
import { annotation, idLabel, type KubeObject } from '../src/kubernetes/object.ts';
import { defineRule } from '../src/rule/rule.ts';
import { at, entries, scalar } from '../src/yaml/node.ts';

export default defineRule({
  id: 'route-claimed-twice',
  title: 'One host and path in two Ingresses',
  severity: 'warning',
  why: 'Which backend answers depends on the age of the objects or on chance; ingress-nginx refuses the second one, and the sync fails.',
  fix: 'Take the path out of one of the two, or give one of them another host or path.',

  on: 'state',
  *check({ objects }) {
    const claims = new Map<string, Claim[]>();
    for (const ingress of objects.filter(isIngress)) {
      if (isAlone(ingress)) continue;
      for (const route of routesOf(ingress)) {
        const key = keyOf(ingress, route);
        const others = claims.get(key) ?? [];
        const rival = others.find(other => clash(other, { ingress, route }));
        claims.set(key, [...others, { ingress, route }]);
        if (rival === undefined) continue;
        const what = `${route.host === '' ? 'any host' : route.host} with path ${route.httpPath}`;
        const isOne = rival.ingress === ingress;
        yield {
          message: isOne
            ? `${idLabel(ingress.id)} has ${what} twice, for different backends`
            : `${idLabel(rival.ingress.id)} and ${idLabel(ingress.id)} both have ${what}`,
          at: { object: ingress, path: [...route.path, 'path'] },
          severity: isNginx(ingress) && !isOne ? 'error' : 'warning',
        };
      }
    }
  },
});

interface Claim {
  readonly ingress: KubeObject;
  readonly route: Route;
}

/** Classes that make a load balancer of its own for each Ingress. */
function isAlone(ingress: KubeObject): boolean {
  return (
    /^(?:gce|alb)/.test(ingressClass(ingress)) || annotation(ingress, 'nginx.org/mergeable-ingress-type') !== undefined
  );
}

/** The class as a rule carries the controller's name; kubernetes/ingress-nginx, `checkOverlap` in controller.go. */
function isNginx(ingress: KubeObject): boolean {
  return /nginx/.test(ingressClass(ingress));
}

/** ingress-nginx compares host and path alone; others may tell routes apart by what their annotations say. */
function keyOf(ingress: KubeObject, { host, httpPath, pathType }: Route): string {
  const own = isNginx(ingress) ? [] : [pathType, ...conditions(ingress)];
  return JSON.stringify([ingressClass(ingress), host, httpPath, ...own]);
}

/** Tools that read Ingresses without routing anything. */
const OTHER_TOOLS =
  /(?:^|\.)(?:cert-manager\.io|external-dns\.\S*kubernetes\.io|argoproj\.io|kubernetes\.io\/ingress\.class)/;

function conditions(ingress: KubeObject): string[] {
  const all = [...entries(at(ingress.root, 'metadata', 'annotations'))];
  return all
    .filter(([key]) => !OTHER_TOOLS.test(key))
    .map(([key, { value }]) => `${key}=${scalar(value)}`)
    .sort();
}

/** A canary shares its route with one Ingress that is none. */
function clash(one: Claim, other: Claim): boolean {
  if (one.ingress === other.ingress)
    return one.route.backend !== other.route.backend && one.route.pathType === other.route.pathType;
  if (!isNginx(one.ingress)) return one.route.backend !== other.route.backend;
  const [a, b] = [one, other].map(({ ingress }) => annotation(ingress, 'nginx.ingress.kubernetes.io/canary'));
  return (a === undefined && b === undefined) || (a === 'true' && b === 'true');
}
