import { readFileSync } from 'node:fs';
import { request } from 'node:https';

/** An object as JSON, with what the API server added. */
export interface Written {
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly uid: string };
  readonly [field: string]: unknown;
}

export type Manifest = Readonly<Record<string, unknown>> & {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Readonly<Record<string, unknown>> & { readonly name: string; readonly namespace?: string };
};

/** Writes objects and their status, as the controllers of a cluster do. */
export interface Writer {
  create(manifest: Manifest): Promise<Written>;
  /** The object with another status, or another content where its kind keeps the status in it. */
  update(written: Written, fields: Readonly<Record<string, unknown>>, subresource?: 'status'): Promise<Written>;
}

/** Plurals are regular but for this one. */
const PLURALS = new Map([['Ingress', 'ingresses']]);

export function writerAt(server: string, authority: string, token: string): Writer {
  const send = (method: 'POST' | 'PUT', path: string, body: unknown) =>
    new Promise<Written>((resolve, reject) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const sent = request(`${server}${path}`, { method, headers, ca: readFileSync(authority) }, response => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          if ((response.statusCode ?? 500) < 300) resolve(JSON.parse(text));
          else reject(new Error(`${method} ${path}: ${response.statusCode} ${text}`));
        });
      });
      sent.on('error', reject);
      sent.end(JSON.stringify(body));
    });
  return {
    create: manifest => send('POST', pathOf(manifest), manifest),
    update: (written, fields, subresource) => {
      const path = `${pathOf(written as unknown as Manifest)}/${written.metadata.name}`;
      return send('PUT', subresource === undefined ? path : `${path}/${subresource}`, { ...written, ...fields });
    },
  };
}

function pathOf({ apiVersion, kind, metadata }: Manifest): string {
  const api = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const plural = PLURALS.get(kind) ?? `${kind.toLowerCase()}s`;
  return `${api}${metadata.namespace === undefined ? '' : `/namespaces/${metadata.namespace}`}/${plural}`;
}
