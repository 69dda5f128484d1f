import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { cookieOf, cookiesOf, ForgedFormError, Sessions } from './session.ts';

/** Why a request gets no page of its own. */
export type Refusal = 'forged-form' | 'too-large' | 'broken';

/** What a page is made from. */
export interface PageRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly query: URLSearchParams;
  /** Of a POST: the fields of the form, its token checked. */
  readonly form: URLSearchParams;
  readonly cookies: ReadonlyMap<string, string>;
  /** For the forms on the page. */
  readonly token: string;
}

/** What is answered: a body, or another address to go to. */
export interface PageResponse {
  readonly status: number;
  readonly type?: string;
  readonly body?: string;
  readonly location?: string;
  readonly cookie?: string;
}

const maxFormBytes = 64 * 1024;

/** A form that nobody has typed. */
class TooLargeError extends Error {}

/** Nothing from elsewhere, nothing that runs, nobody who frames the page or learns what it shows. */
const headers = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'cache-control': 'no-store',
} as const;

/** A server that is up. */
export interface RunningServer {
  readonly url: string;
  close(): Promise<void>;
}

/** What a server shows. */
export interface Pages {
  answer(request: PageRequest): Promise<PageResponse>;
  /** The body of a page that says why there is no other. */
  refusal(reason: Refusal, cookies: ReadonlyMap<string, string>): string;
}

/** Serves pages on 127.0.0.1. */
export async function serve(port: number, pages: Pages): Promise<RunningServer> {
  const sessions = new Sessions();
  const server = createServer((incoming, outgoing) => {
    void handle(incoming, sessions, pages)
      .catch((error: unknown) => failure(error, incoming, pages))
      .then((response) => send(outgoing, response));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => closed(server),
  };
}

async function handle(
  incoming: IncomingMessage,
  sessions: Sessions,
  { answer }: Pages,
): Promise<PageResponse> {
  const { headers: sent, socket } = incoming;
  const method = incoming.method === 'HEAD' ? 'GET' : incoming.method;
  // A name that somebody else's page made to lead here is none of ours (DNS rebinding).
  const ownHosts = [`127.0.0.1:${socket.localPort}`, `localhost:${socket.localPort}`];
  if (!ownHosts.includes(sent.host ?? '')) return { status: 421, body: 'unknown host' };
  if (method !== 'GET' && method !== 'POST') return { status: 405, body: 'GET or POST' };
  const address = incoming.url ?? '';
  // `//name` would be another host, and so would `/\name`.
  if (!/^\/(?![/\\])/.test(address)) return { status: 400, body: 'not an address of this server' };
  const { pathname, searchParams } = new URL(address, `http://${sent.host}`);
  const cookies = cookiesOf(sent.cookie);
  const known = cookies.get('session');
  let form = new URLSearchParams();
  if (method === 'POST') {
    if (sent.origin !== undefined && sent.origin !== `http://${sent.host}`)
      throw new ForgedFormError('another origin');
    form = await formOf(incoming);
    sessions.assertToken(known, form.get('token') ?? '');
  }
  const id = sessions.isId(known) ? known : sessions.newId();
  const response = await answer({
    method,
    path: pathname,
    query: searchParams,
    form,
    cookies,
    token: sessions.tokenOf(id),
  });
  const hasForms =
    (response.status === 200 || response.status === 422) && response.type?.startsWith('text/html');
  if (id === known || response.cookie !== undefined || hasForms !== true) return response;
  return { ...response, cookie: cookieOf('session', id) };
}

/** Fields of a form. What is too large for one is read no further. */
async function formOf(incoming: IncomingMessage): Promise<URLSearchParams> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of incoming as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > maxFormBytes) throw new TooLargeError();
    parts.push(part);
  }
  return new URLSearchParams(Buffer.concat(parts).toString('utf8'));
}

function failure(error: unknown, { headers: sent }: IncomingMessage, pages: Pages): PageResponse {
  const page = (status: number, reason: Refusal): PageResponse => ({
    status,
    type: 'text/html; charset=utf-8',
    body: pages.refusal(reason, cookiesOf(sent.cookie)),
  });
  if (error instanceof ForgedFormError) return page(403, 'forged-form');
  if (error instanceof TooLargeError) return page(413, 'too-large');
  console.error(error);
  return page(500, 'broken');
}

function send(outgoing: ServerResponse, { status, type, body, location, cookie }: PageResponse): void {
  outgoing.writeHead(status, {
    ...headers,
    'content-type': type ?? 'text/plain; charset=utf-8',
    ...(status === 405 ? { allow: 'GET, HEAD, POST' } : {}),
    ...(location === undefined ? {} : { location }),
    ...(cookie === undefined ? {} : { 'set-cookie': cookie }),
  });
  outgoing.end(body);
}

async function closed(server: Server): Promise<void> {
  const closing = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closing;
}
