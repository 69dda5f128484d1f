/**
 * Where a system wants its messages pushed to: a URL, a transport, or an endpoint in the same process.
 *
 * @module
 */
import type { Transport, TransportRequest, TransportResponse } from '@egov-gateway/core';

/** An endpoint in the same process, such as a `PushReceiver`. */
export interface InProcessReceiver {
  handle(request: {
    readonly method: string;
    /** Path and query. */
    readonly target: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Uint8Array;
    readonly signal: AbortSignal;
  }): Promise<TransportResponse>;
}

/** A function that answers pushes. */
export type PushFunction = (request: TransportRequest) => Promise<TransportResponse>;

/**
 * An address for pushes: a URL, which is reached over HTTP; a URL with a transport of your own, for TLS and proxies; or
 * something in the same process, which is reached by a call.
 */
export type PushAddress =
  | string
  | URL
  | { readonly url: string | URL; readonly transport?: Transport | undefined }
  | Transport
  | InProcessReceiver
  | PushFunction;

/** An address that was understood. @internal */
export interface PushTarget {
  readonly url: URL;
  /** `undefined`: the emulator's own, over HTTP. */
  readonly transport: Transport | undefined;
}

const nowhere = new URL('http://receiver.invalid/');

/** @throws {TypeError} when it is no address @internal */
export function pushTarget(address: PushAddress): PushTarget {
  if (typeof address === 'function') return { url: nowhere, transport: { exchange: address } };
  if (typeof address === 'string' || address instanceof URL) {
    return { url: httpUrl(address), transport: undefined };
  }
  if ('url' in address) return { url: httpUrl(address.url), transport: address.transport };
  if ('exchange' in address) return { url: nowhere, transport: address };
  if (typeof address.handle !== 'function') throw new TypeError('push must be a URL or something to call');
  return { url: nowhere, transport: inProcess(address) };
}

function inProcess(receiver: InProcessReceiver): Transport {
  return {
    exchange: ({ url, headers, body, signal }) =>
      receiver.handle({ method: 'POST', target: url.pathname + url.search, headers, body, signal }),
  };
}

function httpUrl(text: string | URL): URL {
  if (!URL.canParse(String(text))) throw new TypeError('the address for pushes must be a URL');
  const url = new URL(String(text));
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new TypeError('the address for pushes must be of http or https');
  }
  return url;
}
