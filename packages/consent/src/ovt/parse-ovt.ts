import { ParseError } from '@egov-gateway/core';

import { decodeBase64url } from './base64url.ts';

/** An `ovt` taken apart. Its signature is not checked. */
export interface ParsedOvt {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  /** What the signature is over. */
  readonly signingInput: Uint8Array;
  readonly signature: Uint8Array;
}

/**
 * Takes an `ovt` apart, for the side that serves.
 *
 * @throws {ParseError} `ERR_PARSE_VALUE` when it is no JWS in the compact form with JSON objects in it
 * @see RFC 7515, 5.2 "Message Signature or MAC Validation"
 */
export function parseOvt(ovt: string): ParsedOvt {
  const parts = ovt.split('.');
  const [header = '', claims = '', signature = ''] = parts;
  const octets = decodeBase64url(signature);
  if (parts.length !== 3 || octets === undefined || octets.length === 0) throw malformed();
  return {
    header: jsonObject(header),
    claims: jsonObject(claims),
    signingInput: new TextEncoder().encode(`${header}.${claims}`),
    signature: octets,
  };
}

function jsonObject(part: string): Readonly<Record<string, unknown>> {
  const bytes = decodeBase64url(part);
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Readonly<Record<string, unknown>>;
    }
  } catch {
    // Below: what JSON.parse says quotes the text.
  }
  throw malformed();
}

function malformed(): ParseError {
  return new ParseError(
    'expected a JWT of three parts in base64url without padding, each but the last a JSON object',
    {
      code: 'ERR_PARSE_VALUE',
      path: '/ovt',
    },
  );
}
