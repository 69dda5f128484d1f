/**
 * What the portal does with a request: tokens, documents, signatures. It keeps everything in memory.
 *
 * @module
 */
import { randomUUID, timingSafeEqual } from 'node:crypto';

import type { Clock } from '@egov-gateway/core';
import {
  checkDetachedSignature,
  checkPdf,
  type DetachedSignature,
  type EkdoCredentials,
  inForceStatus,
  type SignatureKind,
  signatureKindOf,
} from '@egov-gateway/ekdo';

import { jsonAnswer, type PortalAnswerBytes, PortalRefusal } from './portal-answer.ts';
import { type EkdoPortalDocument, emulatedUploadedStatus } from './portal-document.ts';
import { readForm } from './read-form.ts';

/** A request on its way in. @internal */
export interface PortalRequestBytes {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  /** Header names are lower-case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
}

/** @internal */
export interface PortalDeskOptions {
  readonly credentials: EkdoCredentials;
  readonly tokenLifetimeMs: number;
  readonly tellsTokenLifetime: boolean;
  readonly maxDocumentBytes: number;
  readonly signatureKinds: readonly SignatureKind[];
  readonly checksSignatures: boolean;
  readonly clock: Clock;
}

/** @internal */
export class PortalDesk {
  readonly #options: PortalDeskOptions;
  readonly #documents = new Map<string, EkdoPortalDocument>();
  readonly #tokens = new Map<string, number>();
  #tokensGiven = 0;

  constructor(options: PortalDeskOptions) {
    this.#options = options;
  }

  get documents(): readonly EkdoPortalDocument[] {
    return [...this.#documents.values()];
  }

  get tokensGiven(): number {
    return this.#tokensGiven;
  }

  /** No token is worth anything any more. */
  expireTokens(): void {
    this.#tokens.clear();
  }

  /** Gives a token for login and password. @throws {PortalRefusal} */
  async token({ headers, body }: PortalRequestBytes): Promise<PortalAnswerBytes> {
    const form = await readForm(headers['content-type'] ?? '', body);
    const { login, password, userId } = this.#options.credentials;
    const given = [form.text('login'), form.text('password'), form.text('userId')];
    if (![login, password, userId].every((expected, index) => isSame(expected, given[index]))) {
      throw new PortalRefusal('EMU-CREDENTIALS', 'login, password or user identifier are wrong');
    }
    const token = `emu-${randomUUID()}`;
    const { clock, tokenLifetimeMs, tellsTokenLifetime } = this.#options;
    this.#tokens.set(token, clock.now() + tokenLifetimeMs);
    this.#tokensGiven += 1;
    return jsonAnswer(200, { token, ...(tellsTokenLifetime ? { expiresIn: tokenLifetimeMs / 1000 } : {}) });
  }

  /** @throws {PortalRefusal} `EMU-TOKEN` */
  assertToken({ headers }: PortalRequestBytes): void {
    const token = /^Bearer (\S+)$/.exec(headers['authorization'] ?? '')?.[1] ?? '';
    const untilMs = this.#tokens.get(token);
    if (untilMs !== undefined && this.#options.clock.now() < untilMs) return;
    this.#tokens.delete(token);
    throw new PortalRefusal('EMU-TOKEN', 'the token is missing, unknown or has expired');
  }

  /** Takes a document. @throws {PortalRefusal} */
  async document({ headers, body }: PortalRequestBytes): Promise<PortalAnswerBytes> {
    const form = await readForm(headers['content-type'] ?? '', body);
    const file = form.file('file');
    if (file === undefined) throw new PortalRefusal('EMU-BODY', 'the field file is missing');
    const { maxDocumentBytes, clock } = this.#options;
    if (file.bytes.byteLength > maxDocumentBytes) {
      throw new PortalRefusal('EMU-TOO-LARGE', `a document has at most ${maxDocumentBytes} bytes`);
    }
    const fileName = form.text('fileName') ?? file.name ?? '';
    if (!/^[^\p{Cc}/\\]{1,255}$/u.test(fileName)) {
      throw new PortalRefusal('EMU-FILE-NAME', 'the name of the file is missing or impossible');
    }
    const fault = checkPdf(file.bytes).findings.find(({ severity }) => severity === 'error');
    if (fault !== undefined) throw new PortalRefusal('EMU-NOT-PDFA', `no PDF/A-1: ${fault.code}`);
    const group = form.text('group');
    const id = `EMU-DOC-${this.#documents.size + 1}`;
    this.#documents.set(id, {
      id,
      fileName,
      group,
      fields: form.rest(),
      bytes: file.bytes,
      status: emulatedUploadedStatus,
      uploadedAtMs: clock.now(),
    });
    return jsonAnswer(201, { id });
  }

  /** Takes the signature of a document. @throws {PortalRefusal} */
  async signature(id: string, { headers, body }: PortalRequestBytes): Promise<PortalAnswerBytes> {
    const form = await readForm(headers['content-type'] ?? '', body);
    // Nothing is waited for from here on: of two signatures at a time one finds that the document has the other.
    const document = this.#find(id);
    if (document.signature !== undefined) {
      throw new PortalRefusal('EMU-SIGNED-ALREADY', 'the document has its signature');
    }
    const cms = form.file('signature')?.bytes;
    if (cms === undefined) throw new PortalRefusal('EMU-BODY', 'the field signature is missing');
    const kind = signatureKindOf(form.text('type') ?? '');
    if (kind === undefined || !this.#options.signatureKinds.includes(kind)) {
      throw new PortalRefusal(
        'EMU-SIGNATURE-KIND',
        'the type of the signature is missing, or not taken here',
      );
    }
    const certificate = form.file('certificate')?.bytes ?? new Uint8Array();
    const signature: DetachedSignature = { cms, kind, certificate };
    if (this.#options.checksSignatures) {
      const report = checkDetachedSignature(document.bytes, signature);
      const fault = report.findings.find(({ severity }) => severity === 'error');
      if (fault !== undefined)
        throw new PortalRefusal('EMU-SIGNATURE', `not a signature of it: ${fault.code}`);
    }
    const signedAtMs = this.#options.clock.now();
    this.#documents.set(id, { ...document, signature, status: inForceStatus, signedAtMs });
    return jsonAnswer(200, { status: inForceStatus });
  }

  /** Tells the status of a document. @throws {PortalRefusal} */
  status(id: string): PortalAnswerBytes {
    const { status } = this.#find(id);
    return jsonAnswer(200, { id, status });
  }

  #find(id: string): EkdoPortalDocument {
    const document = this.#documents.get(id);
    if (document !== undefined) return document;
    throw new PortalRefusal(
      'EMU-UNKNOWN-ID',
      'no document has this id: is it uploaded before its signature?',
    );
  }
}

function isSame(expected: string | undefined, given: string | undefined): boolean {
  if (expected === undefined) return true;
  const [a, b] = [Buffer.from(expected), Buffer.from(given ?? '')];
  return a.length === b.length && timingSafeEqual(a, b);
}
