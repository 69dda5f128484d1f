/** A service of plain text, and a verifier that takes everything for verified. */
import type { DataCodec, EnvelopeVerifier, Service } from '@egov-gateway/core';
import { passedAsVerified } from '@egov-gateway/testing';
import { parseXml } from '@egov-gateway/xml';

/** A codec of plain text that may not be empty. */
export const text: DataCodec<string> = {
  validate: (value) => (value === '' ? [{ path: '/number', rule: 'required', message: 'is required' }] : []),
  write: (value, writer) => writer.text(value),
  read: (data) => data.text(),
};
/** Over the synchronous channel. */
export const ping: Service<string, string> = {
  id: 'PING',
  request: text,
  response: text,
  successCodes: ['SCSS001'],
};
/** Does not look at signatures. */
export const verifier: EnvelopeVerifier = {
  verify: async (envelope) => passedAsVerified(parseXml(envelope).root),
};
