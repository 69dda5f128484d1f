/**
 * A party with a test key, a document, and short forms of signing and verifying.
 *
 * @module
 */
import { fixedClock, type SigningKey, type TrustPolicy } from '@egov-gateway/core';
import { loadPem, parseCertificate, pinnedCertificates } from '@egov-gateway/keys';
import { fixture, fixtureText } from '@egov-gateway/testing';

import { type SignPayloadOptions, signPayload } from '../src/payload-signature/sign-payload.ts';
import {
  type VerifiedPayload,
  type VerifyPayloadOptions,
  verifyPayload,
} from '../src/payload-signature/verify-payload.ts';

export const atMs: number = Date.UTC(2026, 0, 13);
export const organisation = parseCertificate(fixture('keys/organisation.crt'));
export const trust: TrustPolicy = pinnedCertificates([organisation]);
export const c14n = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
export const excC14n = 'http://www.w3.org/2001/10/xml-exc-c14n#';

/** Its own canonical form, with prefixes whose order depends on a locale for those who are careless. */
export const document =
  '<c:contractRequest xmlns:SOAP="urn:x" xmlns:c="http://agency.example/contract" xmlns:xs="urn:y"><newContractData>' +
  '<iin>001300900011</iin><name kind="xs:a">Әбіл &amp; &lt;Ң&gt;&#xD;</name></newContractData></c:contractRequest>';

export async function load(name: string): Promise<SigningKey> {
  return loadPem({
    privateKey: fixtureText(`keys/${name}.key`),
    certificate: fixtureText(`keys/${name}.crt`),
  });
}

export const key: SigningKey = await load('organisation');

export async function sign(
  xml: string | Uint8Array,
  options: SignPayloadOptions = {},
  by: SigningKey = key,
): Promise<string> {
  return new TextDecoder().decode(await signPayload(xml, by, { clock: fixedClock(atMs), ...options }));
}

export function verify(
  xml: string | Uint8Array,
  options: Partial<VerifyPayloadOptions> = {},
): Promise<VerifiedPayload> {
  return verifyPayload(xml, { trust, atMs, ...options });
}

/** `document`, signed. */
export const signed: string = await sign(document);
/** `document`, signed with exclusive C14N. */
export const exclusive: string = await sign(document, { canonicalization: 'exclusive' });

/** The signature in a document, as it is written there. */
export function signatureOf(xml: string): string {
  return xml.slice(xml.indexOf('<ds:Signature '), xml.indexOf('</ds:Signature>') + '</ds:Signature>'.length);
}
