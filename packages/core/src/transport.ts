/** The methods a {@link Transport} is asked for. */
export type TransportMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One HTTP request. Header names are lower-case. */
export interface TransportRequest {
  /** Default: `POST`, the only one of the gateway. `GET` goes without its body, which must be empty. */
  readonly method?: TransportMethod | undefined;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /**
   * Aborts the exchange; it then rejects with the signal's own reason. When that reason is a {@link SendError} with
   * delivery `unknown` and the transport is certain that no byte left, it may reject with the same error, `not-sent`.
   */
  readonly signal: AbortSignal;
}

/** One HTTP answer, whole and decompressed. Header names are lower-case. */
export interface TransportResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Carries bytes out and back: one HTTP exchange. `client` has one over undici, the emulator has one in memory. */
export interface Transport {
  /** @throws {SendError} with delivery `not-sent` only when it is certain that no byte left */
  exchange(request: TransportRequest): Promise<TransportResponse>;
}
