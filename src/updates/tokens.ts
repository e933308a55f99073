/** Variables in which users of these services keep their tokens, and the one host that each is for. */
const KNOWN: readonly { readonly host: string; readonly names: readonly string[]; readonly header: Header }[] = [
  { host: 'api.github.com', names: ['GITHUB_TOKEN', 'GH_TOKEN'], header: bearer },
  // https://docs.gitlab.com/api/rest/authentication/
  { host: 'gitlab.com', names: ['GITLAB_TOKEN'], header: token => ({ 'PRIVATE-TOKEN': token }) },
];

type Header = (token: string) => Readonly<Record<string, string>>;

function bearer(token: string): Readonly<Record<string, string>> {
  return { Authorization: `Bearer ${token}` };
}

/**
 * What proves to a host who asks, from the environment alone: the usual variables of public services, Terraform's
 * `TF_TOKEN_host`, and `DEPLOY_LINT_TOKEN_HOST` for any other host, as a token or as `user:password`. Nothing goes over a
 * connection that is not encrypted, but to this machine.
 */
export function credentialFor(url: URL, env: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  const isLocal = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'https:' && !isLocal) return {};
  const own = env[`DEPLOY_LINT_TOKEN_${url.host.replace(/[^A-Za-z0-9]/g, '_').toUpperCase()}`];
  if (own) return own.includes(':') ? { Authorization: `Basic ${Buffer.from(own).toString('base64')}` } : bearer(own);
  // https://developer.hashicorp.com/terraform/cli/config/config-file#environment-variable-credentials
  const terraform = env[`TF_TOKEN_${url.hostname.replaceAll('-', '__').replaceAll('.', '_')}`];
  if (terraform) return bearer(terraform);
  const known = KNOWN.find(({ host }) => host === url.host);
  const token = known?.names.map(name => env[name]).find(value => value !== undefined && value !== '');
  return known === undefined || token === undefined ? {} : known.header(token);
}
