import type { XmlDocument, XmlNode } from '@egov-gateway/xml';

import { refusal, shown } from './refusal.ts';
import { assertNoText, isNamed } from './strict-children.ts';
import { soap11Namespace, soap12Namespace } from './vocabulary.ts';

/** The frame of a SOAP message. */
export interface EnvelopeParts {
  readonly soapVersion: '1.1' | '1.2';
  /** Namespace of that version; Header and Body are in it too. */
  readonly soapNamespace: string;
  readonly envelope: XmlNode;
  readonly header: XmlNode | undefined;
  readonly body: XmlNode;
}

/**
 * Header and Body of a SOAP 1.1 or 1.2 message, which must be all there is in the envelope: at most one Header,
 * then exactly one Body, both in the namespace of the envelope. Prefixes mean nothing.
 *
 * Stricter than SOAP 1.1, which allows elements behind the Body: nothing of the gateway's world has them, and they
 * are a place to put a second Body.
 *
 * @see SOAP 1.1, section 4 "SOAP Envelope"
 * @see SOAP 1.2 Part 1, section 5.1 "SOAP Envelope"
 * @throws {VerifyError} `ERR_VERIFY_NOT_SOAP` when the root is not an Envelope of a known namespace
 * @throws {VerifyError} `ERR_VERIFY_STRUCTURE` when the envelope has anything else in it
 */
export function locateBody(document: XmlDocument): EnvelopeParts {
  const envelope = document.root;
  const soapNamespace = envelope.namespace;
  const isKnown = soapNamespace === soap11Namespace || soapNamespace === soap12Namespace;
  if (envelope.localName !== 'Envelope' || !isKnown) {
    throw refusal('ERR_VERIFY_NOT_SOAP', `expected a SOAP Envelope, found ${shown(envelope.localName)}`);
  }

  let next = envelope.first;
  let header: XmlNode | undefined;
  if (next !== undefined && isNamed(next, 'Header', soapNamespace)) {
    header = next;
    next = next.next;
  }
  if (next === undefined || !isNamed(next, 'Body', soapNamespace)) {
    const found = shown(next?.localName);
    throw refusal('ERR_VERIFY_STRUCTURE', `expected the Body of the same SOAP version, found ${found}`);
  }
  const body = next;
  if (body.next !== undefined) {
    throw refusal('ERR_VERIFY_STRUCTURE', `nothing may follow the Body, found ${shown(body.next.localName)}`);
  }
  assertNoText(envelope);
  if (header !== undefined) assertNoText(header);
  const soapVersion = soapNamespace === soap11Namespace ? '1.1' : '1.2';
  return { soapVersion, soapNamespace, envelope, header, body };
}
