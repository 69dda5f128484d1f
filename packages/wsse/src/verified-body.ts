import { inspect } from 'node:util';

import {
  type Algorithm,
  type Certificate,
  markReceived,
  type UnverifiedBody,
  type VerifiedBody,
  type XmlElement,
} from '@egov-gateway/core';
import { canonicalize, elementView, type XmlNode } from '@egov-gateway/xml';

/** A Body that was checked. Its content is personal data: nothing of it is printed. */
class CheckedBody {
  readonly verified = true;
  readonly #body: XmlElement;
  readonly #inclusivePrefixes: readonly string[];
  readonly #signer: VerifiedBody['signer'];

  constructor(body: XmlNode, inclusivePrefixes: readonly string[], signer: VerifiedBody['signer']) {
    // Not the node itself, from which one can walk to the header that nobody signed.
    this.#body = elementView(body);
    this.#inclusivePrefixes = inclusivePrefixes;
    this.#signer = signer;
    Object.freeze(this);
  }

  get body(): XmlElement {
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
  readonly #body: XmlElement;

  constructor(body: XmlNode) {
    this.#body = elementView(body);
    Object.freeze(this);
  }

  get body(): XmlElement {
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
  const checked = new CheckedBody(body, inclusivePrefixes, Object.freeze(signer));
  return markReceived(checked as unknown as VerifiedBody);
}

export function asUnverified(body: XmlNode): UnverifiedBody {
  return markReceived(new UncheckedBody(body) as unknown as UnverifiedBody);
}
