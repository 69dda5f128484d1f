/**
 * A document between the steps. Each type is made by the step before it and by nothing else, so that a program that
 * leaves one out does not compile.
 *
 * @module
 */
import type { ValidationIssue } from '@egov-gateway/core';

import type { PdfReport } from '../pdf/check-pdf.ts';
import type { DetachedSignature } from '../signature/detached-signature.ts';
import type { EkdoDocument } from './portal-codec.ts';

/** Everything that is known of a document before it is sent. */
export interface SignedContent {
  /** With bytes of its own: what the caller does to those given changes nothing here. */
  readonly document: EkdoDocument;
  /** SHA-256 of the bytes, hexadecimal. */
  readonly sha256: string;
  readonly report: PdfReport;
  readonly signature: DetachedSignature;
  /** Doubts that do not stop it. */
  readonly warnings: readonly ValidationIssue[];
}

/** A checked document with its checked signature; nothing has been sent. Made by `EkdoClient.prepare`. */
export class SignedDocument {
  readonly #content: SignedContent;

  /** @internal */
  constructor(content: SignedContent) {
    this.#content = Object.freeze({ ...content });
  }

  get document(): EkdoDocument {
    return this.#content.document;
  }

  get sha256(): string {
    return this.#content.sha256;
  }

  get report(): PdfReport {
    return this.#content.report;
  }

  get signature(): DetachedSignature {
    return this.#content.signature;
  }

  get warnings(): readonly ValidationIssue[] {
    return this.#content.warnings;
  }
}

/** A document that the portal has, without its signature. Made by `EkdoClient.upload` and `EkdoClient.resume`. */
export class UploadedDocument {
  readonly #signed: SignedDocument;
  /** The portal's id of the document. */
  readonly id: string;

  /** @internal */
  constructor(signed: SignedDocument, id: string) {
    this.#signed = signed;
    this.id = id;
  }

  get signed(): SignedDocument {
    return this.#signed;
  }
}

/** The status of a document, in the portal's word. */
export interface PortalStatus {
  /** As the portal wrote it, trimmed. */
  readonly word: string;
  /** Whether it is «Вступил в силу», the one status that is evidenced. */
  readonly isInForce: boolean;
}

/** A document that the portal has with its signature. */
export interface SubmittedDocument {
  readonly id: string;
  /** When the answer to the signature told it. */
  readonly status: PortalStatus | undefined;
  readonly warnings: readonly ValidationIssue[];
}
