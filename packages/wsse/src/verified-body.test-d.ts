/**
 * What the compiler must refuse. Never run: a line that compiles although it must not makes its directive an error.
 */
import type { EnvelopeVerifier, UnverifiedBody, VerifiedBody } from '@egov-gateway/core';
import { parseXml } from '@egov-gateway/xml';

import { acceptUnverified } from './accept-unverified.ts';
import { locateBody } from './locate-body.ts';

declare const verifier: EnvelopeVerifier;
declare const signer: VerifiedBody['signer'];
declare function readVerified(body: VerifiedBody): void;
declare function readUnverified(body: UnverifiedBody): void;

const bytes = new Uint8Array();
const { body } = locateBody(parseXml(bytes));
const unverified = acceptUnverified(bytes);
const answer = await verifier.verify(bytes);

// @ts-expect-error an element that somebody read is not verified
readVerified(body);
// @ts-expect-error nor does it become so by a literal of the right shape
readVerified({ verified: true, body, signer, canonical: () => bytes });
// @ts-expect-error an unverified Body has another brand
readVerified(unverified);
// @ts-expect-error and cannot be spread into a verified one
readVerified({ ...unverified, verified: true, signer, canonical: () => bytes });
// @ts-expect-error an answer must be looked at first
readVerified(answer);
// @ts-expect-error an element is not even an unverified Body
readUnverified(body);
// @ts-expect-error a verified Body is not passed where nobody expects a signature
if (answer.verified) readUnverified(answer);
// @ts-expect-error what was read cannot be exchanged
if (answer.verified) answer.body = body;

readUnverified(unverified);
if (answer.verified) readVerified(answer);
else readUnverified(answer);
