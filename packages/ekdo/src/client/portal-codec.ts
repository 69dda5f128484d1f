/**
 * What is not known of the portal's HTTP, as parts to fill in.
 *
 * @module
 */
import type { TransportMethod } from '@egov-gateway/core';

import type { DetachedSignature } from '../signature/detached-signature.ts';
import type { SignatureKind } from '../signature/signature-kind.ts';

/** What the support of the portal hands out. */
export interface EkdoCredentials {
  readonly login: string;
  readonly password: string;
  /** Идентификатор пользователя. It is handed out with the password (grade A); what it is for is not said. */
  readonly userId?: string | undefined;
}

/** Whoever calls, as far as a codec of a later step may know: never the password. */
export type EkdoAccount = Omit<EkdoCredentials, 'password'>;

/** A document to be sent. */
export interface EkdoDocument {
  /** The PDF/A-1. */
  readonly bytes: Uint8Array;
  /** See `documentFileName`. */
  readonly fileName: string;
  /** The portal's group of documents, see `createGroupMap`. Whether and how it is sent is for the codec. */
  readonly group?: string | undefined;
  /** Anything else that a codec sends along, by names that it does not write itself. */
  readonly fields?: Readonly<Record<string, string>> | undefined;
  /** Kinds of signature that this one may have, as `createGroupMap` has them. Default: those of the client. */
  readonly signatureKinds?: readonly SignatureKind[] | undefined;
}

/** The body of a request, written. */
export interface PortalBody {
  /** Default: `POST`; of a status `GET`. */
  readonly method?: TransportMethod | undefined;
  /** Header names are lower-case; `content-type` belongs here. */
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
}

/** An answer with a status of success that is no page of HTML. Nothing else about it is checked yet. */
export interface PortalReply {
  readonly status: number;
  /** Header names are lower-case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
}

/** A token, as the portal gives it. */
export interface PortalToken {
  readonly token: string;
  /** How long it may be used, when the portal says so; without it the token is used until it is refused. */
  readonly expiresInMs?: number | undefined;
}

/** Writes and reads the identification token, step 1. */
export interface TokenCodec {
  write(credentials: EkdoCredentials): PortalBody;
  read(reply: PortalReply): PortalToken;
}

/** Writes a document and reads its id. */
export interface DocumentCodec {
  write(document: EkdoDocument, account: EkdoAccount): PortalBody;
  /** The id of the document; a number counts as its digits. */
  read(reply: PortalReply): string | number | bigint;
}

/** What a signature belongs to. */
export interface SignedUpload {
  readonly id: string;
  readonly fileName: string;
}

/** Writes a detached signature with its type and open key. */
export interface SignatureCodec {
  write(signature: DetachedSignature, document: SignedUpload, account: EkdoAccount): PortalBody;
  /** The status of the document, when the answer tells it. Default: nothing of the answer is read. */
  read?(reply: PortalReply): string | undefined;
}

/** Asks for the status of a document. */
export interface StatusCodec {
  /** Default: a GET without a body. */
  write?(id: string, account: EkdoAccount): PortalBody;
  /** The portal's own word, such as {@link inForceStatus}. */
  read(reply: PortalReply): string;
}

/** How everything is written and read. */
export interface EkdoCodecs {
  readonly token: TokenCodec;
  /** The headers that carry the token. */
  authorize(token: string, account: EkdoAccount): Readonly<Record<string, string>>;
  readonly document: DocumentCodec;
  readonly signature: SignatureCodec;
  /** Default: the client cannot ask. */
  readonly status?: StatusCodec | undefined;
}

/** Paths below the address of the portal, beginning with `/`. The id is given encoded, ready to stand in a path. */
export interface EkdoRoutes {
  readonly token: string;
  /** `/docs` is the one route that the published description names (grade A). */
  readonly documents: string;
  signature(id: string): string;
  /** Default: the client cannot ask. */
  status?(id: string): string;
}

/** The one status that is evidenced: what a document has once its signature and the open key are there (grade A). */
export const inForceStatus: 'Вступил в силу' = 'Вступил в силу';
