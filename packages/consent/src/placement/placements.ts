/**
 * Where known services want a consent.
 *
 * @module
 */
import { type ConsentToken, withoutWhiteSpace } from '../token/consent-token.ts';

/** The fields of services that take the consent beside the rest of the request. */
export interface FlatConsentFields {
  readonly kdpToken: string;
  readonly publicKey: string;
}

/** {@link flatConsent}: returns the request with `kdpToken` and `publicKey`. */
export interface FlatConsentPlacement {
  readonly placement: 'flat';
  <Request extends object>(request: Request, consent: ConsentToken): Request & FlatConsentFields;
}

/** The fields of services that take a list of consents. */
export interface TokenListFields {
  readonly infoAbtToken: { readonly tokens: readonly TokenListEntry[] };
}

/** One consent in a list. */
export interface TokenListEntry {
  readonly code?: string | undefined;
  readonly publicKey?: string | undefined;
}

/** A request that has room for a list. */
export interface TokenListRoom {
  // `object`, since what follows is optional: TypeScript would refuse a request that has no list yet.
  readonly businessData: object & {
    readonly infoAbtToken?: { readonly tokens: readonly TokenListEntry[] } | undefined;
  };
}

/** {@link tokenListConsent}: returns the request with one more entry in `businessData.infoAbtToken.tokens`. */
export interface TokenListPlacement {
  readonly placement: 'token-list';
  <Request extends TokenListRoom>(
    request: Request,
    consent: ConsentToken,
  ): Request & { readonly businessData: Request['businessData'] & TokenListFields };
}

function placeFlat<Request extends object>(
  request: Request,
  { token, publicKey }: ConsentToken,
): Request & FlatConsentFields {
  return { ...request, kdpToken: withoutWhiteSpace(token), publicKey: withoutWhiteSpace(publicKey) };
}

function placeInList<Request extends TokenListRoom>(
  request: Request,
  { token, publicKey }: ConsentToken,
): Request & { readonly businessData: Request['businessData'] & TokenListFields } {
  const { businessData } = request;
  const entry = { code: withoutWhiteSpace(token), publicKey: withoutWhiteSpace(publicKey) };
  const tokens = [...(businessData.infoAbtToken?.tokens ?? []), entry];
  return { ...request, businessData: { ...businessData, infoAbtToken: { tokens } } };
}

/** As the register of persons (ГБД ФЛ, `GBDFLUniversal_token`) wants it: two fields of the request. */
export const flatConsent: FlatConsentPlacement = Object.assign(placeFlat, { placement: 'flat' } as const);

/**
 * As the reports 3005 and 3007 of ГБД ЮЛ want it: an entry of a list, behind those that are there. A report that is signed
 * needs it before the signature: `report.sign(tokenListConsent(request, consent), key)`.
 */
export const tokenListConsent: TokenListPlacement = Object.assign(placeInList, {
  placement: 'token-list',
} as const);
