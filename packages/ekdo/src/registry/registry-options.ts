import type { Clock, MessageJournal } from '@egov-gateway/core';

import type { EkdoClient } from '../client/ekdo-client.ts';
import type { EkdoDocumentState } from './document-status.ts';

/** What an `EkdoRegistry` works with. */
export interface EkdoRegistryOptions {
  /** Default: none; then the registry can be read and doubts be settled, and nothing can be sent or asked. */
  readonly client?: EkdoClient | undefined;
  /** What was sent, and what came of it. `openJournal` of `@egov-gateway/journal` keeps it. */
  readonly journal: MessageJournal;
  /** The name of the portal in the journal. Give another one to a second portal. Default: `ekdo`. */
  readonly serviceId?: string | undefined;
  /** Default: the clock of the machine. */
  readonly clock?: Clock | undefined;
}

/** How one document is sent. */
export interface EkdoRegistrySendOptions {
  /** Once more after a refusal, with a corrected document or another signature. Default: the refusal is the outcome. */
  readonly again?: boolean | undefined;
  /** Cancels it; ask `status` what became of it. */
  readonly signal?: AbortSignal | undefined;
}

/** Which documents to list. Everything that is given must hold. */
export interface EkdoDocumentsQuery {
  /** Any of these. */
  readonly states?: readonly EkdoDocumentState[] | undefined;
  /** Uploaded, for the first time or once more, not before this, milliseconds since the epoch. */
  readonly fromMs?: number | undefined;
  /** Uploaded, for the first time or once more, before this, milliseconds since the epoch. */
  readonly toMs?: number | undefined;
}
