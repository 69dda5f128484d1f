// For users.

export { createOvt, type OvtOptions } from './ovt/create-ovt.ts';
export {
  type ConsentedCall,
  type ConsentedCallOptions,
  type ConsentedCallQuery,
  type ConsentedCallSettings,
  createConsentedCall,
  type SlowConsentPlacement,
} from './placement/consented-call.ts';
export {
  type FlatConsentFields,
  type FlatConsentPlacement,
  flatConsent,
  type TokenListEntry,
  type TokenListFields,
  type TokenListPlacement,
  type TokenListRoom,
  tokenListConsent,
} from './placement/placements.ts';
export {
  type Consented,
  type ConsentPlacement,
  type WithConsentOptions,
  type WithoutFlatConsent,
  withConsent,
} from './placement/with-consent.ts';
export type { ConsentCallOptions, ConsentGateway } from './provider/consent-gateway.ts';
export {
  type ConsentProvider,
  type ConsentProviderOptions,
  type ConsentQuery,
  type ConsentRequester,
  createConsentProvider,
} from './provider/consent-provider.ts';
export { type ConsentExplanation, explainConsent } from './provider/explain-consent.ts';
export type { ConsentAnswer, ConsentOutcome, ConsentStatuses } from './service/consent-answer.ts';
export type { ConsentRequest } from './service/consent-request.ts';
export {
  type ConsentService,
  type ConsentServiceOptions,
  consentService,
  createConsentService,
} from './service/consent-service.ts';
export { type ConsentToken, consentToken } from './token/consent-token.ts';

// For libraries.

export { type ParsedOvt, parseOvt } from './ovt/parse-ovt.ts';
export { consentNamespace } from './service/contract.ts';
