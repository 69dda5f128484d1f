import type { Transport, TransportRequest, TransportResponse } from '@egov-gateway/core';

/** What a step is answered with: a response, an error to throw, or work. */
export type ScriptedAnswer =
  | Partial<TransportResponse>
  | Error
  | ((request: TransportRequest) => Promise<TransportResponse> | TransportResponse);

/** A portal of one table: the answers of each path, the last one for ever. */
export interface ScriptedPortal extends Transport {
  /** Every request, in order: method, path, headers, body. */
  readonly requests: readonly TransportRequest[];
  /** Paths of the requests. */
  readonly paths: readonly string[];
  /** Puts answers before those that are there. */
  next(path: string, ...answers: readonly ScriptedAnswer[]): ScriptedPortal;
}

/** An answer in JSON. */
export function json(value: unknown, status = 200): TransportResponse {
  return response(JSON.stringify(value), { status, type: 'application/json' });
}

/** An answer as it is written. */
export function response(
  text: string,
  { status = 200, type = 'application/json' }: { readonly status?: number; readonly type?: string } = {},
): TransportResponse {
  return { status, headers: { 'content-type': type }, body: new Uint8Array(Buffer.from(text)) };
}

/** Answers as the guessed routes and codecs expect it. */
export function scriptedPortal(): ScriptedPortal {
  const requests: TransportRequest[] = [];
  const queues = new Map<string, ScriptedAnswer[]>();
  let tokens = 0;
  let documents = 0;
  const usual = (path: string): ScriptedAnswer => {
    if (path === '/token') return json({ token: `token-${++tokens}`, expiresIn: 600 });
    if (path === '/docs') return json({ id: `id-${++documents}` }, 201);
    if (path.endsWith('/signature')) return json({ status: 'Вступил в силу' });
    return json({ status: 'Вступил в силу' });
  };
  const portal: ScriptedPortal = {
    requests,
    get paths() {
      return requests.map(({ url }) => url.pathname);
    },
    next(path, ...answers) {
      queues.set(path, [...(queues.get(path) ?? []), ...answers]);
      return portal;
    },
    async exchange(request) {
      request.signal.throwIfAborted();
      requests.push(request);
      const answer = queues.get(request.url.pathname)?.shift() ?? usual(request.url.pathname);
      if (answer instanceof Error) throw answer;
      if (typeof answer === 'function') return answer(request);
      return { status: 200, headers: {}, body: new Uint8Array(), ...answer };
    },
  };
  return portal;
}
