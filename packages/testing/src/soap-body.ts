import { markReceived, type UnverifiedBody, type VerifiedBody, type XmlElement } from '@egov-gateway/core';

/** The Body below the root of an envelope, passed off as verified. For tests of what comes behind verification. */
export function passedAsVerified(envelope: XmlElement): VerifiedBody {
  return markReceived({ verified: true, body: bodyOf(envelope) } as unknown as VerifiedBody);
}

/** The Body below the root of an envelope, as an endpoint without WS-Security yields it. */
export function asUnverified(envelope: XmlElement): UnverifiedBody {
  return markReceived({ verified: false, body: bodyOf(envelope) } as unknown as UnverifiedBody);
}

function bodyOf(envelope: XmlElement): XmlElement {
  for (let child = envelope.first; child !== undefined; child = child.next) {
    if (child.localName === 'Body') return child;
  }
  throw new TypeError('expected an envelope with a Body');
}
