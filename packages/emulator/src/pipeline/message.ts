import {
  type GatewayError,
  ParseError,
  type UnverifiedBody,
  type VerifiedBody,
  VerifyError,
  XmlError,
} from '@egov-gateway/core';
import { type ReceivedSyncRequest, readSyncRequest } from '@egov-gateway/envelope';
import { acceptUnverified } from '@egov-gateway/wsse';

import { Refusal } from '../codes.ts';

const soap12Namespace = 'http://www.w3.org/2003/05/soap-envelope';

/** A request that is well-formed SOAP; what it says is read when it is asked for. @internal */
export class ReceivedMessage {
  readonly bytes: Uint8Array;
  readonly #unverified: UnverifiedBody;
  #verified: VerifiedBody | undefined;
  #request: ReceivedSyncRequest | undefined;

  private constructor(bytes: Uint8Array, unverified: UnverifiedBody) {
    this.bytes = bytes;
    this.#unverified = unverified;
  }

  /**
   * @throws {Refusal} SCE001 when the bytes are no SOAP envelope; EMU-SOAP-VERSION
   */
  static open(
    bytes: Uint8Array,
    options: { readonly maxBytes: number; readonly acceptSoap12: boolean },
  ): ReceivedMessage {
    const unverified = refusing(() => acceptUnverified(bytes, { limits: { maxBytes: options.maxBytes } }));
    if (unverified.body.namespace === soap12Namespace && !options.acceptSoap12) {
      throw new Refusal('EMU-SOAP-VERSION');
    }
    return new ReceivedMessage(bytes, unverified);
  }

  /** The Body: the verified one as soon as there is one. */
  get body(): VerifiedBody | UnverifiedBody {
    return this.#verified ?? this.#unverified;
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
  get request(): ReceivedSyncRequest {
    this.#request ??= refusing(() => readSyncRequest(this.body));
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
