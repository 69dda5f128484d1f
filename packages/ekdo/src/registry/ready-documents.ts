import type { ValidationIssue } from '@egov-gateway/core';

import type { EkdoDocument } from '../client/portal-codec.ts';
import type { EkdoDocumentState } from './document-status.ts';

/** A document under a key of the caller's. */
export interface EkdoEntry extends Omit<EkdoDocument, 'bytes'> {
  /** Unique in the journal, the same in every run, kept as it is: no personal data, so not the name of the file. */
  readonly key: string;
  /** The PDF, or where to get it, so that a folder need not be in memory at once. */
  readonly bytes: Uint8Array | (() => Uint8Array | Promise<Uint8Array>);
}

/** Why a document is not ready: broken rules, the same key or content twice, or what has become of it already. */
export type NotReadyReason =
  | 'invalid'
  | 'repeated-key'
  | 'repeated-content'
  | 'sent'
  | 'refused'
  | 'in-doubt'
  | 'closed';

/** One line of a selection. */
export type EkdoSelection =
  | {
      readonly key: string;
      readonly ready: true;
      /** `signature`: the portal has the document already. */
      readonly next: 'document' | 'signature';
      readonly warnings: readonly ValidationIssue[];
    }
  | {
      readonly key: string;
      readonly ready: false;
      readonly reason: NotReadyReason;
      /** Where it stands, when the journal knows it. */
      readonly state?: EkdoDocumentState | undefined;
      /** What to correct, of `invalid`. */
      readonly issues: readonly ValidationIssue[];
      readonly warnings: readonly ValidationIssue[];
    };

async function bytesOf({ bytes }: EkdoEntry): Promise<Uint8Array> {
  return typeof bytes === 'function' ? bytes() : bytes;
}

/** The entry as the client takes it. */
export async function documentOf(entry: EkdoEntry): Promise<EkdoDocument> {
  const { fileName, group, fields, signatureKinds } = entry;
  return { bytes: await bytesOf(entry), fileName, group, fields, signatureKinds };
}

/** What the state of a document in the journal means for a selection; `undefined`: there is something to send. */
export function reasonOf(state: EkdoDocumentState | undefined): NotReadyReason | undefined {
  switch (state) {
    case 'signed':
    case 'in-force':
      return 'sent';
    case 'refused':
    case 'in-doubt':
    case 'closed':
      return state;
    case 'uploaded':
    case 'not-sent':
    case undefined:
      return undefined;
  }
}
