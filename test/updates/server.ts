import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** What a server answers for a path with its query, or for a path alone. */
export type Route = (request: IncomingMessage, response: ServerResponse) => void;

export interface TestServer {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  /** Path with query and headers of each request, in their order. */
  readonly asked: { readonly path: string; readonly headers: IncomingMessage['headers'] }[];
  close(): Promise<void>;
}

/** A server on this machine. A text is answered as it is, anything else as JSON; what has no route is 404. */
export async function serve(routes: Readonly<Record<string, Route | string | object>>): Promise<TestServer> {
  const asked: TestServer['asked'] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push({ path, headers: request.headers });
    const route = routes[path] ?? routes[path.replace(/\?.*$/, '')] ?? routes['*'];
    if (typeof route === 'function') return route(request, response);
    if (route === undefined) response.statusCode = 404;
    response.end(typeof route === 'string' ? route : JSON.stringify(route ?? {}));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
