/** Texts of which small repositories are made in tests of the map. */

export const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\n';

export function kustomization(...lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}

export function application(name: string, path: string, source = ''): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: ${name}
  namespace: argocd
spec:
  source:
    repoURL: https://git.example.com/gitops.git
    path: ${path}
    ${source}
  destination:
    namespace: shop
`;
}
