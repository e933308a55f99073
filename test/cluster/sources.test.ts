import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { applicationByApi } from '../../src/cluster/argocd-api.ts';
import { prometheusAt } from '../../src/cluster/prometheus.ts';

let server: Server;
let base: string;
let asked: { url: string | undefined; token: string | undefined }[];
let body: string;
let status: number;

beforeAll(async () => {
  server = createServer(({ url, headers }, response) => {
    asked.push({ url, token: headers.authorization });
    response.writeHead(status).end(body);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  base = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
});
afterAll(() => new Promise(resolve => server.close(resolve)));

const endpoint = (path = '') => ({ base: `${base}${path}`, headers: { authorization: 'Bearer t' }, agent: undefined });
const patience = () => ({ deadline: Date.now() + 300, now: Date.now });

function answers(code: number, text: string): void {
  asked = [];
  status = code;
  body = text;
}

it.each([
  [
    200,
    '{"metadata":{"name":"shop"},"status":{}}',
    { known: true, value: { id: { name: 'shop', kind: 'Application' } } },
  ],
  [200, '{"metadata":{"name":"other"}}', { known: false }],
  [200, '<html>', { known: false }],
  [404, '{}', { known: true, value: undefined }],
  [403, '{}', { known: false, why: 'Argo CD does not show the Application shop (403)' }],
  [401, '{}', { known: false, passes: false }],
  [503, '{}', { known: false, passes: true }],
])('asks the API of Argo CD, which answers %s %s', async (code, text, expected) => {
  answers(code, text);
  expect(await applicationByApi(endpoint(), 'shop', 'argocd', patience())).toMatchObject(expected);
  expect(asked[0]).toEqual({ url: '/api/v1/applications/shop?appNamespace=argocd', token: 'Bearer t' });
});

const vector = (...values: string[]) =>
  JSON.stringify({
    status: 'success',
    data: { resultType: 'vector', result: values.map(value => ({ metric: {}, value: [1, value] })) },
  });

it.each([
  [200, vector('1.5'), { known: true, value: 1.5 }],
  [200, vector('NaN'), { known: true, value: Number.NaN }],
  [200, vector('+Inf'), { known: true, value: Number.POSITIVE_INFINITY }],
  [200, vector(), { known: true, value: undefined }],
  [200, vector('1', '2'), { known: false, why: 'the query gives 2 series, and one is needed' }],
  [422, '{"status":"error","error":"bad query"}', { known: false, why: 'Prometheus refuses the query: bad query' }],
  [200, '<html>Log in</html>', { known: false, why: 'Prometheus answers 200 and no JSON' }],
  [
    200,
    vector('5').replace(/}$/, ',"warnings":["no store matched"]}'),
    { known: false, why: 'Prometheus warns of its answer: no store matched' },
  ],
  [
    200,
    vector('5').replace(/}$/, ',"warnings":["PromQL info: metric might not be a counter"]}'),
    { known: true, value: 5 },
  ],
])("asks Prometheus by Grafana's proxy, which answers %s %s", async (code, text, expected) => {
  answers(code, text);
  const prometheus = prometheusAt(endpoint('/api/datasources/proxy/uid/main'), patience());
  expect(await prometheus.valueAt('up{a="b"}', 1500)).toMatchObject(expected);
  expect(asked[0]).toEqual({
    url: '/api/datasources/proxy/uid/main/api/v1/query?query=up%7Ba%3D%22b%22%7D&time=1.500',
    token: 'Bearer t',
  });
});
