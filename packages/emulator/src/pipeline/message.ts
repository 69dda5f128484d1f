import {
  type GatewayError,
  type MessageWrapper,
  ParseError,
  type UnverifiedBody,
  type VerifiedBody,
  VerifyError,
  XmlError,
} from '@egov-gateway/core';
import type { SenderInfo } from '@egov-gateway/envelope';
import { acceptUnverified } from '@egov-gateway/wsse';

import { Refusal } from '../codes.ts';
import type { Channel } from '../endpoint.ts';

const soap12Namespace = 'http://www.w3.org/2003/05/soap-envelope';

/** What the checks and the log ask of a request, of whichever channel. @internal */
export interface RequestHead {
  readonly info: {
    readonly messageId?: string | undefined;
    /** `undefined` where the operation names no service. */
    readonly serviceId?: string | undefined;
    /** `undefined` where the contract lets it out. */
    readonly sender?: SenderInfo | undefined;
  };
  /** What it came in, when that is not the channel's own. */
  readonly wrapper?: MessageWrapper | undefined;
}

/** How requests of a channel are read. @internal */
export interface RequestReader<Request extends RequestHead> {
  readonly channel: Channel;
  /** @throws {ParseError} when it is not what the contract says */
  readonly read: (body: VerifiedBody | UnverifiedBody) => Request;
}

/** A request that is well-formed SOAP; what it says is read when it is asked for. @internal */
export class ReceivedMessage<Request extends RequestHead = RequestHead> {
  readonly bytes: Uint8Array;
  readonly #reader: RequestReader<Request>;
  readonly #unverified: UnverifiedBody;
  #verified: VerifiedBody | undefined;
  #request: Request | undefined;

  private constructor(bytes: Uint8Array, reader: RequestReader<Request>, unverified: UnverifiedBody) {
    this.bytes = bytes;
    this.#reader = reader;
    this.#unverified = unverified;
  }

  /**
   * @throws {Refusal} SCE001 when the bytes are no SOAP envelope; EMU-SOAP-VERSION
   */
  static open<Request extends RequestHead>(
    bytes: Uint8Array,
    reader: RequestReader<Request>,
    options: { readonly maxBytes: number; readonly acceptSoap12: boolean },
  ): ReceivedMessage<Request> {
    const unverified = refusing(() => acceptUnverified(bytes, { limits: { maxBytes: options.maxBytes } }));
    if (unverified.body.namespace === soap12Namespace && !options.acceptSoap12) {
      throw new Refusal('EMU-SOAP-VERSION');
    }
    return new ReceivedMessage(bytes, reader, unverified);
  }

  /** The Body: the verified one as soon as there is one. */
  get body(): VerifiedBody | UnverifiedBody {
    return this.#verified ?? this.#unverified;
  }

  get channel(): Channel {
    return this.#reader.channel;
  }

  get verified(): VerifiedBody | undefined {
    return this.#verified;
  }

  /** From now on only what the signature covers is read. */
  trust(verified: VerifiedBody): void {
    this.#verified = verified;
    this.#request = undefined;
  }

  /** @throws {Refusal} SCE001 when it is not the request of the contract */
  get request(): Request {
    this.#request ??= refusing(() => this.#reader.read(this.body));
    return this.#request;
  }
}

/** Turns what is wrong with the format into the gateway's code for it. */
function refusing<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof XmlError || error instanceof ParseError || error instanceof VerifyError) {
      throw new Refusal('SCE001', explained(error), error);
    }
    throw error;
  }
}

/** Code and words of an error of the SDK: neither has values in it. @internal */
export function explained(error: GatewayError): string {
  return `${error.code}: ${error.message}`;
}
