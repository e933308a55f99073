import { clusterOf, shareCluster } from '../src/gitops/neighbours.ts';
import type { Unit } from '../src/gitops/unit.ts';
import { ingressClass, isIngress, type Route, routesOf } from '../src/kubernetes/ingress.ts';
import { annotation, idKey, idLabel, type KubeObject } from '../src/kubernetes/object.ts';
import { defineRule, type WideSighting } from '../src/rule/rule.ts';
import { at, entries, scalar } from '../src/yaml/node.ts';

export default defineRule({
  id: 'route-claimed-twice',
  title: 'One host and path in two Ingresses',
  severity: 'warning',
  why: 'Which backend answers depends on the age of the objects or on chance; ingress-nginx refuses the second one, and the sync fails.',
  fix: 'Take the path out of one of the two, or give one of them another host or path.',

  on: 'repository',
  meets: ({ unit, rendered }) => {
    const cluster = clusterOf(unit);
    if (cluster === undefined) return [];
    const ingresses = rendered.objects.filter(isIngress);
    return ingresses.flatMap(ingress =>
      routesOf(ingress).map(route => JSON.stringify([cluster, keyOf(ingress, route)])),
    );
  },
  *check(states, { neighbours }) {
    const claims = new Map<string, Claim[]>();
    for (const { unit, rendered } of [...neighbours, ...states]) {
      for (const ingress of rendered.objects.filter(isIngress)) {
        if (isAlone(ingress)) continue;
        for (const route of routesOf(ingress)) {
          const claim = { ingress, route, unit };
          const key = keyOf(ingress, route);
          const others = claims.get(key) ?? [];
          const rival = others.find(other => meet(other, claim) && clash(other, claim));
          claims.set(key, [...others, claim]);
          if (rival !== undefined) yield sightingOf(rival, claim);
        }
      }
    }
  },
});

interface Claim {
  readonly ingress: KubeObject;
  readonly route: Route;
  readonly unit: Unit;
}

function sightingOf(rival: Claim, { ingress, route, unit }: Claim): WideSighting {
  const what = `${route.host === '' ? 'any host' : route.host} with path ${route.httpPath}`;
  const isOne = rival.ingress === ingress;
  const [one, other] =
    rival.unit === unit ? ['', ''] : [` of Application ${rival.unit.name}`, ` of Application ${unit.name}`];
  return {
    message: isOne
      ? `${idLabel(ingress.id)} has ${what} twice, for different backends`
      : `${idLabel(rival.ingress.id)}${one} and ${idLabel(ingress.id)}${other} both have ${what}`,
    at: { object: ingress, path: [...route.path, 'path'] },
    severity: isNginx(ingress) && !isOne ? 'error' : 'warning',
    units: [unit],
  };
}

/** Whether one controller sees both. One object in two Applications is another mistake. */
function meet(a: Claim, b: Claim): boolean {
  if (a.unit === b.unit) return true;
  return shareCluster(a.unit, b.unit) && idKey(a.ingress.id) !== idKey(b.ingress.id);
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
