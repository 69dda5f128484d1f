import type { MessageJournal, RecordedMessage } from '@egov-gateway/core';

import type { SignedDocument } from '../client/document-steps.ts';
import type { DetachedSignature } from '../signature/detached-signature.ts';
import { signatureKinds } from '../signature/signature-kind.ts';

/** What was sent, as the journal keeps it. The document itself is not kept: its hash tells whether one is the same. */
export interface SentRecord {
  /** Personal data: the name of an employee is in it. */
  readonly fileName: string;
  readonly group?: string | undefined;
  /** SHA-256 of the document, hexadecimal. */
  readonly sha256: string;
  /** Of the document. */
  readonly byteLength: number;
  readonly signature: DetachedSignature;
}

/** The record as bytes of the journal. */
export function writeRecord({ document, sha256, signature }: SignedDocument): Uint8Array {
  const { fileName, group, bytes } = document;
  const { cms, kind, certificate } = signature;
  return Buffer.from(
    JSON.stringify({
      record: 'ekdo-1',
      fileName,
      group,
      sha256,
      byteLength: bytes.byteLength,
      kind,
      cms: Buffer.from(cms).toString('base64'),
      certificate: Buffer.from(certificate).toString('base64'),
    }),
  );
}

/** The record of an attempt; `undefined` when its bytes are archived, or are none. */
export async function readRecord(
  journal: MessageJournal,
  { localKey, events }: RecordedMessage,
): Promise<SentRecord | undefined> {
  const event = events.find(({ kind, byteLength }) => kind === 'signed' && byteLength > 0);
  const bytes = event && (await journal.bytes(localKey, event.version));
  if (bytes === undefined) return undefined;
  let value: Readonly<Record<string, unknown>>;
  try {
    value = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
  const { fileName, group, sha256, byteLength, kind, cms, certificate } = value;
  if (value['record'] !== 'ekdo-1' || typeof kind !== 'string' || !Object.hasOwn(signatureKinds, kind)) {
    return undefined;
  }
  if (typeof fileName !== 'string' || typeof sha256 !== 'string' || typeof byteLength !== 'number') {
    return undefined;
  }
  if (typeof cms !== 'string' || typeof certificate !== 'string') return undefined;
  return {
    fileName,
    group: typeof group === 'string' ? group : undefined,
    sha256,
    byteLength,
    signature: {
      cms: new Uint8Array(Buffer.from(cms, 'base64')),
      kind: kind as DetachedSignature['kind'],
      certificate: new Uint8Array(Buffer.from(certificate, 'base64')),
    },
  };
}
