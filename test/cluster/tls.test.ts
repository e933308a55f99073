import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connect } from '../../src/cluster/kubeconfig.ts';
import { clusterAt } from '../../src/cluster/kubernetes-api.ts';
import { type Certificate, selfSigned } from '../support/certificate.ts';

const DAY = 24 * 3_600_000;
const days = (number: number) => new Date(Date.now() + number * DAY);

let home: string;
beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'deploy-lint-')));
  // Whatever it says, certificates are verified.
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true });
});

/** What a server answers that shows a certificate, to who trusts an authority. */
async function ask(shown: Certificate, authority: Certificate): Promise<unknown> {
  const server = createServer(shown, (_, response) => response.end('{"kind":"PodList","apiVersion":"v1","items":[]}'));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const file = join(home, 'config');
  writeFileSync(
    file,
    `current-context: prod
clusters: [{ name: c, cluster: { server: "https://127.0.0.1:${port}", certificate-authority-data: ${Buffer.from(authority.cert).toString('base64')} } }]
users: [{ name: u, user: { token: secret } }]
contexts: [{ name: prod, context: { cluster: c, user: u } }]
`,
  );
  const { endpoint } = await connect({
    env: { KUBECONFIG: file },
    cwd: home,
    repository: join(home, 'repository'),
    context: undefined,
    allowPlugin: false,
    tell: () => {},
  });
  const cluster = clusterAt(endpoint, { deadline: Date.now() + 10_000, now: Date.now });
  const answer = await cluster.list('Pod', 'shop');
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
  return answer.known ? 'trusted' : answer.why.replace(/^\S+/, '');
}

describe('H03 a server with a certificate', () => {
  it.each([
    ['that is good', selfSigned(days(-1), days(1)), 'trusted'],
    ['that has expired', selfSigned(days(-2), days(-1)), ' has a certificate that has expired'],
    [
      'of tomorrow',
      selfSigned(days(1), days(2)),
      ' has a certificate that is not valid yet, by the clock of this machine',
    ],
    ['for another address', selfSigned(days(-1), days(1), [192, 0, 2, 1]), ' has a certificate for another name'],
  ])('%s', async (_, certificate, expected) => {
    expect(await ask(certificate, certificate)).toBe(expected);
  });

  it('that another signed', async () => {
    const [shown, trusted] = [selfSigned(days(-1), days(1)), selfSigned(days(-1), days(1))];
    expect(await ask(shown, trusted)).toBe(' has a certificate that no known authority signed');
  });
});
