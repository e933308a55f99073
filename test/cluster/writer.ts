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
  /** Takes the object away at once. */
  remove(written: Written): Promise<unknown>;
}

/** Plurals are regular but for this one. */
const PLURALS = new Map([['Ingress', 'ingresses']]);

export function writerAt(server: string, authority: string, token: string): Writer {
  const send = (method: 'POST' | 'PUT' | 'DELETE', path: string, body: unknown) =>
    new Promise<Written>((resolve, reject) => {
      const text = JSON.stringify(body);
      const headers = {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(text),
      };
      const sent = request(`${server}${path}`, { method, headers, ca: readFileSync(authority) }, response => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const answer = Buffer.concat(chunks).toString();
          if ((response.statusCode ?? 500) < 300) resolve(JSON.parse(answer));
          else reject(new Error(`${method} ${path}: ${response.statusCode} ${answer}`));
        });
      });
      sent.on('error', reject);
      sent.end(text);
    });
  const pathTo = (written: Written) => `${pathOf(written as unknown as Manifest)}/${written.metadata.name}`;
  return {
    create: manifest => send('POST', pathOf(manifest), manifest),
    update: (written, fields, subresource) => {
      const path = subresource === undefined ? pathTo(written) : `${pathTo(written)}/${subresource}`;
      return send('PUT', path, { ...written, ...fields });
    },
    remove: written => send('DELETE', pathTo(written), { gracePeriodSeconds: 0 }),
  };
}

function pathOf({ apiVersion, kind, metadata }: Manifest): string {
  const api = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const plural = PLURALS.get(kind) ?? `${kind.toLowerCase()}s`;
  return `${api}${metadata.namespace === undefined ? '' : `/namespaces/${metadata.namespace}`}/${plural}`;
}
