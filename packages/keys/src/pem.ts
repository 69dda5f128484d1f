/**
 * The textual encoding of keys and certificates.
 *
 * @see RFC 7468 "Textual Encodings of PKIX, PKCS, and CMS Structures"
 * @module
 */
import { KeyError } from '@egov-gateway/core';

import { tooMuch } from './asn1.ts';

/** One `-----BEGIN …-----` block. */
export interface PemBlock {
  readonly label: string;
  readonly bytes: Uint8Array;
}

/** Largest text that is read, bytes. */
export const maxPemBytes = 1_048_576;

/** Whether the bytes are text rather than DER, which always starts with a SEQUENCE here. */
export function looksLikePem(bytes: Uint8Array): boolean {
  return bytes[0] !== 0x30;
}

/**
 * Every block of a PEM text. What stands between blocks is ignored.
 *
 * @throws {KeyError} `ERR_KEY_FORMAT` when there is none or one is damaged, `ERR_KEY_LIMIT` above 1 MiB
 */
export function readPem(text: Uint8Array): readonly PemBlock[] {
  if (text.length > maxPemBytes) throw tooMuch(`a PEM text of more than ${maxPemBytes} bytes`);
  const lines = Buffer.from(text)
    .toString('latin1')
    .split(/\r?\n|\r/);
  // Editors put a byte order mark before the first line.
  if (lines[0]?.startsWith('\u00ef\u00bb\u00bf')) lines[0] = lines[0].slice(3);
  const blocks: PemBlock[] = [];
  let label: string | undefined;
  let body: string[] = [];
  for (const line of lines) {
    const begin = /^-----BEGIN ([A-Z0-9 ]{1,40})-----\s*$/.exec(line)?.[1];
    const end = /^-----END ([A-Z0-9 ]{1,40})-----\s*$/.exec(line)?.[1];
    if (begin !== undefined) {
      if (label !== undefined) throw damaged('a block begins inside another');
      label = begin;
      body = [];
    } else if (end !== undefined) {
      if (end !== label) throw damaged('a block ends with another label than it began with');
      blocks.push({ label, bytes: decodeBase64(body.join('')) });
      label = undefined;
    } else if (label !== undefined) {
      body.push(line);
    }
  }
  if (label !== undefined) throw damaged('the last block has no end');
  if (blocks.length === 0) throw damaged('there is no -----BEGIN … block');
  return blocks;
}

function decodeBase64(text: string): Uint8Array {
  const digits = text.replace(/[ \t]/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(digits) || digits.length % 4 !== 0) {
    throw damaged('a block is not base64 (headers as in old encrypted keys are not read: convert to PKCS#8)');
  }
  return new Uint8Array(Buffer.from(digits, 'base64'));
}

function damaged(what: string): KeyError {
  return new KeyError(`damaged PEM: ${what}`, { code: 'ERR_KEY_FORMAT' });
}
