/**
 * HTTP as the side that is called sees it: whatever server is in front, it hands in a {@link HttpRequest} and sends the
 * {@link HttpAnswer}.
 *
 * @module
 */
import type { Readable } from 'node:stream';

/** One HTTP request. */
export interface HttpRequest {
  readonly method: string;
  /** Path and query, as on the request line. */
  readonly target: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The bytes as they came, or the stream of them, which nobody has read from. */
  readonly body: Uint8Array | Readable;
  /** `https://host:port` as the caller knows this server, for the address in the WSDL. Default: unknown. */
  readonly origin?: string | undefined;
  /** Aborted when the caller is gone. */
  readonly signal?: AbortSignal | undefined;
}

/** One HTTP answer. */
export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Whether the body of the request was not read to its end: the connection cannot be used again. */
  readonly isRequestUnread: boolean;
}

/** What the gateway calls. Mount it with one of the adapters, or feed it yourself. */
export interface SoapEndpoint {
  /** Answers one request. Never rejects: whatever goes wrong is an answer. */
  handle(request: HttpRequest): Promise<HttpAnswer>;
  /** Refuses new requests with 503. Resolves when those under way are answered and their work is done. */
  close(): Promise<void>;
}
