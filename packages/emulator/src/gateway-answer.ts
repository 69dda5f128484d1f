/** One HTTP answer before it travels. Header names are lower-case. @internal */
export interface GatewayAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Spaces follow the body until the answer has this many bytes. */
  readonly padToBytes?: number | undefined;
  /** Whether the bytes travel compressed. Default: false. */
  readonly isGzip?: boolean;
}

const soapContentType = 'text/xml; charset=utf-8';

/** A SOAP answer: HTTP 500 for a fault, 200 otherwise. @see SOAP 1.1, 6.2 "SOAP HTTP Response" @internal */
export function soapAnswer(
  body: Uint8Array,
  options: { readonly isFault: boolean; readonly contentType?: string },
): GatewayAnswer {
  return {
    status: options.isFault ? 500 : 200,
    headers: { 'content-type': options.contentType ?? soapContentType },
    body,
  };
}

/** An answer of the HTTP server itself, in plain words. @internal */
export function plainAnswer(
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): GatewayAnswer {
  return {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', ...headers },
    body: Buffer.from(`${text}\n`),
  };
}
