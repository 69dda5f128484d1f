import { inspect } from 'node:util';

import type { Algorithm, Certificate, UnverifiedBody, VerifiedBody } from '@egov-gateway/core';
import { canonicalize, type XmlNode } from '@egov-gateway/xml';

/** A Body that was checked. Its content is personal data: nothing of it is printed. */
class CheckedBody {
  readonly verified = true;
  readonly #body: XmlNode;
  readonly #inclusivePrefixes: readonly string[];
  readonly #signer: VerifiedBody['signer'];

  constructor(body: XmlNode, inclusivePrefixes: readonly string[], signer: VerifiedBody['signer']) {
    this.#body = body;
    this.#inclusivePrefixes = inclusivePrefixes;
    this.#signer = signer;
    Object.freeze(this);
  }

  get body(): XmlNode {
    return this.#body;
  }

  get signer(): VerifiedBody['signer'] {
    return this.#signer;
  }

  canonical(): Uint8Array {
    return canonicalize(this.#body, { inclusivePrefixes: this.#inclusivePrefixes });
  }

  toJSON(): object {
    const { algorithm, certificate } = this.#signer;
    return { verified: true, signer: { algorithm, thumbprintSha256: certificate.thumbprintSha256 } };
  }

  [inspect.custom](): string {
    return `VerifiedBody { signer: ${this.#signer.certificate.thumbprintSha256} }`;
  }
}

/** A Body that nobody checked. */
class UncheckedBody {
  readonly verified = false;
  readonly #body: XmlNode;

  constructor(body: XmlNode) {
    this.#body = body;
    Object.freeze(this);
  }

  get body(): XmlNode {
    return this.#body;
  }

  toJSON(): object {
    return { verified: false };
  }

  [inspect.custom](): string {
    return 'UnverifiedBody {}';
  }
}

/** The brand is given here and nowhere else, to a Body whose digest and signature were found right. */
export function asVerified(
  body: XmlNode,
  inclusivePrefixes: readonly string[],
  signer: { readonly algorithm: Algorithm; readonly certificate: Certificate },
): VerifiedBody {
  return new CheckedBody(body, inclusivePrefixes, Object.freeze(signer)) as unknown as VerifiedBody;
}

export function asUnverified(body: XmlNode): UnverifiedBody {
  return new UncheckedBody(body) as unknown as UnverifiedBody;
}
