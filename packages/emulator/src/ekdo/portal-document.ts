import type { DetachedSignature } from '@egov-gateway/ekdo';

import type { EkdoMisbehaviourName } from './portal-menu.ts';

/** Status of a document without its signature: the emulator's own word, the real one is not known. */
export const emulatedUploadedStatus: 'EMU: загружен' = 'EMU: загружен';

/** A document in the emulated portal. */
export interface EkdoPortalDocument {
  readonly id: string;
  readonly fileName: string;
  readonly group?: string | undefined;
  /** Every other text that came with it. */
  readonly fields: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
  /** `EMU: загружен`, then «Вступил в силу», as the published description says. */
  readonly status: string;
  readonly signature?: DetachedSignature | undefined;
  /** Milliseconds since the epoch. */
  readonly uploadedAtMs: number;
  readonly signedAtMs?: number | undefined;
}

/** A request that the portal refused, with the emulator's own code. */
export interface EkdoPortalRefusal {
  readonly step: 'token' | 'document' | 'signature' | 'status' | 'none';
  readonly httpStatus: number;
  readonly code: string;
  readonly message: string;
}

/** One request to the portal and what came of it. Nothing of the document is in it. */
export interface EkdoPortalExchange {
  /** `none`: no step has this path and method. */
  readonly step: EkdoPortalRefusal['step'];
  /** The document that the request was about, or that the portal has got by it. */
  readonly documentId: string | undefined;
  /** `undefined`: no answer left, or nobody waited for it. */
  readonly httpStatus: number | undefined;
  /** The emulator's own code of a refusal. */
  readonly code: string | undefined;
  /** What the script had for it. */
  readonly misbehaviour: EkdoMisbehaviourName | undefined;
}
