import type { ValidationIssue } from '@egov-gateway/core';

import type { EkdoDocumentStatus } from './document-status.ts';

/** What every outcome says. */
export interface OutcomeOf<State extends string> {
  readonly state: State;
  readonly key: string;
  /** Nothing was done now: an earlier call had this outcome. */
  readonly repeated: boolean;
  /** Doubts that did not stop it. */
  readonly warnings: readonly ValidationIssue[];
}

/** The step that an outcome is about. */
export interface OutcomePlace {
  readonly step: 'document' | 'signature';
  /** The portal's id of the document, once it is known. */
  readonly id: string | undefined;
}

/** The portal has the document and its signature. */
export interface SentOutcome extends OutcomeOf<'sent'> {
  readonly id: string | undefined;
  /** The portal's word, when it has told one. */
  readonly portalStatus: string | undefined;
}

/** The document, its name or its signature breaks rules; nothing was sent or recorded now. */
export interface InvalidOutcome extends OutcomeOf<'invalid'> {
  readonly issues: readonly ValidationIssue[];
}

/** The portal refused the step. */
export interface RefusedOutcome extends OutcomeOf<'refused'>, OutcomePlace {
  readonly code: string;
  /** The portal's own words, when this call has heard them: they may name a person. */
  readonly answer?: string | undefined;
}

/** Nothing of the step left: the same call may simply be made again. */
export interface NotSentOutcome extends OutcomeOf<'not-sent'>, OutcomePlace {
  readonly code: string;
}

/** Nobody knows whether the portal has it. It is not sent again: look there, then `EkdoRegistry.resolve`. */
export interface InDoubtOutcome extends OutcomeOf<'in-doubt'>, OutcomePlace {
  readonly code: string | undefined;
}

/** A person has taken it over. */
export interface ClosedOutcome extends OutcomeOf<'closed'>, OutcomePlace {}

/** What became of a document. */
export type EkdoOutcome =
  | SentOutcome
  | InvalidOutcome
  | RefusedOutcome
  | NotSentOutcome
  | InDoubtOutcome
  | ClosedOutcome;

/** What an earlier call has come to; `undefined` when there is something left to do. */
export function knownOutcome(
  status: EkdoDocumentStatus,
  { again }: { readonly again: boolean },
): EkdoOutcome | undefined {
  const { key, step, id, code, portalStatus } = status;
  const common = { key, repeated: true, warnings: [] } as const;
  switch (status.state) {
    case 'signed':
    case 'in-force':
      return { ...common, state: 'sent', id, portalStatus };
    case 'in-doubt':
      return { ...common, state: 'in-doubt', step, id, code };
    case 'closed':
      return { ...common, state: 'closed', step, id };
    case 'refused':
      return again ? undefined : { ...common, state: 'refused', step, id, code: code ?? '' };
    case 'uploaded':
    case 'not-sent':
      return undefined;
  }
}
