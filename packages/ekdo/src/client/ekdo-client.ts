import {
  assertOptions,
  GatewayError,
  integerOption,
  PortalError,
  systemClock,
  systemTimers,
} from '@egov-gateway/core';

import type { DetachedSignature } from '../signature/detached-signature.ts';
import { checkDocument, type DocumentFindings } from './check-document.ts';
import type { EkdoCallOptions, EkdoClientOptions, EkdoSendOptions } from './client-options.ts';
import { assertParts, clientOptionNames } from './client-parts.ts';
import { documentIdOf, encodeDocumentId } from './document-id.ts';
import {
  type PortalStatus,
  SignedDocument,
  type SubmittedDocument,
  UploadedDocument,
} from './document-steps.ts';
import { portalAddress, routeUrl } from './portal-address.ts';
import type { EkdoAccount, EkdoDocument, EkdoRoutes, PortalBody, SignedUpload } from './portal-codec.ts';
import { PortalLink, type PortalRequest } from './portal-link.ts';
import { portalStatus } from './portal-status.ts';
import { prepareDocument } from './prepare-document.ts';

/** What became of a step that may be taken once. */
type Passage = 'under-way' | 'done' | 'in-doubt';

/**
 * Sends documents to the portal «Работа России» (ЭКДО): check, sign, upload the document, then its signature.
 *
 * The routes and the forms of requests and answers are not published, so there are no defaults: give those that the
 * support of the portal names. A document is never uploaded twice by itself: where nobody knows whether the portal has it,
 * the error says `delivery: 'unknown'`, and `EkdoRegistry` keeps it in doubt.
 *
 * @example
 * ```ts
 * const client = new EkdoClient({ baseUrl, credentials, routes, codecs, transport, signDetached });
 * const prepared = await client.prepare({ bytes, fileName }); // checked and signed, nothing is sent
 * const uploaded = await client.upload(prepared);
 * const { id, status } = await client.attachSignature(uploaded);
 * ```
 */
export class EkdoClient {
  readonly #options: EkdoClientOptions;
  readonly #routes: EkdoRoutes;
  readonly #base: URL;
  readonly #account: EkdoAccount;
  readonly #link: PortalLink;
  readonly #uploads = new WeakMap<SignedDocument, Passage>();
  readonly #signatures = new WeakMap<UploadedDocument, Passage | 'open'>();

  /**
   * @throws {TypeError} when a part is missing, with what to ask the support of the portal for; when an option is out of
   *   range or unknown, or a route is no plain path
   * @throws {SendError} `ERR_SEND_INSECURE_URL` when `baseUrl` is plain http and that is not allowed
   */
  constructor(options: EkdoClientOptions) {
    assertOptions('the options of EkdoClient', options, clientOptionNames);
    assertParts(options);
    const { login, password, userId } = options.credentials;
    this.#options = { ...options };
    this.#account = { login, userId };
    this.#base = portalAddress(options.baseUrl, options.allowInsecureHttp === true);
    this.#routes = options.routes;
    const tokenUrl = routeUrl(this.#base, this.#routes.token, 'token');
    routeUrl(this.#base, this.#routes.documents, 'documents');
    routeUrl(this.#base, this.#routes.signature('1'), 'signature');
    if (this.#routes.status !== undefined) routeUrl(this.#base, this.#routes.status('1'), 'status');
    this.#link = new PortalLink({
      transport: options.transport,
      clock: options.clock ?? systemClock,
      timers: options.timers ?? systemTimers,
      totalTimeoutMs: integerOption('totalTimeoutMs', options.totalTimeoutMs, 120_000),
      maxAnswerBytes: integerOption('maxAnswerBytes', options.maxAnswerBytes, 1024 * 1024),
      account: this.#account,
      password,
      codecs: options.codecs,
      tokenRequest: () => ({
        step: 'token',
        url: tokenUrl,
        body: options.codecs.token.write({ login, password, userId }),
      }),
      onStep: options.onStep,
    });
  }

  /**
   * Checks the PDF and its name. Nothing is signed or sent.
   *
   * @throws {TypeError} when it is no document
   */
  check(document: EkdoDocument): DocumentFindings {
    return checkDocument(document, this.#options.pdf);
  }

  /**
   * Checks the PDF, has it signed and checks the signature. Nothing is sent: a signer that fails leaves nothing half done.
   *
   * @param options.signature - made before, in place of asking the signer
   * @throws {ValidateError} `ERR_VALIDATE_CONTRACT`: the PDF, its name or the signature may not be sent; each `rule` is the
   *   code of a finding
   * @throws {SignError} what the signer throws; `ERR_SIGN_KEY` for an error of its own
   */
  prepare(
    document: EkdoDocument,
    { signal, signature }: EkdoCallOptions & { readonly signature?: DetachedSignature | undefined } = {},
  ): Promise<SignedDocument> {
    const { signDetached, signatureKinds, pdf, clock = systemClock } = this.#options;
    return prepareDocument(document, { signDetached, signature, signatureKinds, pdf, clock, signal });
  }

  /**
   * Uploads a document. Once: after an answer of success, and while nobody knows whether it arrived, the same document is
   * not uploaded again.
   *
   * @throws {PortalError} with `delivery`, see the README; `ERR_PORTAL_ORDER` when it was uploaded, or that is not known
   * @throws {SendError}
   */
  async upload(prepared: SignedDocument, options: EkdoSendOptions = {}): Promise<UploadedDocument> {
    if (!(prepared instanceof SignedDocument)) {
      throw outOfOrder('upload takes what prepare has returned: a document is signed before it is uploaded');
    }
    const { codecs } = this.#options;
    return this.#once(this.#uploads, prepared, { step: 'document', options }, async (beforeSend) => {
      const request: PortalRequest = {
        step: 'document',
        url: routeUrl(this.#base, this.#routes.documents, 'documents'),
        body: codecs.document.write(prepared.document, this.#account),
      };
      const id = await this.#link.run(options.signal, (run) =>
        this.#link.send(run, request, (reply) => documentIdOf(codecs.document.read(reply)), beforeSend),
      );
      return this.#uploaded(prepared, id);
    });
  }

  /**
   * A document that is known to be in the portal already, so that only its signature is missing.
   *
   * @param id - the portal's
   * @throws {PortalError} `ERR_PORTAL_ORDER` when this client has uploaded it or is just doing so, or it was resumed before
   * @throws {TypeError} when the id is none
   */
  resume(prepared: SignedDocument, id: string): UploadedDocument {
    if (!(prepared instanceof SignedDocument)) throw outOfOrder('resume takes what prepare has returned');
    const passage = this.#uploads.get(prepared);
    if (passage === 'under-way' || passage === 'done') {
      throw outOfOrder('this document has an id already, that of its upload');
    }
    encodeDocumentId(id);
    this.#uploads.set(prepared, 'done');
    return this.#uploaded(prepared, id);
  }

  /**
   * Sends the signature of a document that the portal has. Once, as {@link EkdoClient.upload}.
   *
   * @throws {PortalError} with the id of the document as `messageId`; `ERR_PORTAL_ORDER` when the document was not uploaded
   *   by this client, or its signature was sent, or that is not known
   * @throws {SendError}
   */
  async attachSignature(
    uploaded: UploadedDocument,
    options: EkdoSendOptions = {},
  ): Promise<SubmittedDocument> {
    if (!(uploaded instanceof UploadedDocument) || !this.#signatures.has(uploaded)) {
      throw outOfOrder('attachSignature takes what upload or resume of this client has returned');
    }
    const { codecs } = this.#options;
    const { id, signed } = uploaded;
    const { signature, warnings } = signed;
    const about: SignedUpload = { id, fileName: signed.document.fileName };
    return this.#once(this.#signatures, uploaded, { step: 'signature', options }, async (beforeSend) => {
      const request: PortalRequest = {
        step: 'signature',
        url: routeUrl(this.#base, this.#routes.signature(encodeDocumentId(id)), 'signature'),
        body: codecs.signature.write(signature, about, this.#account),
        id,
      };
      const status = await this.#link.run(options.signal, (run) =>
        this.#link.send(
          run,
          request,
          (reply) => {
            const word = codecs.signature.read?.(reply);
            return word === undefined ? undefined : portalStatus(word);
          },
          beforeSend,
        ),
      );
      return { id, status, warnings };
    });
  }

  /**
   * All steps: check, sign, upload, attach the signature. When the last one fails, `messageId` of the error is the id of
   * the document; `EkdoRegistry` goes on from there.
   *
   * @throws as {@link EkdoClient.prepare}, {@link EkdoClient.upload} and {@link EkdoClient.attachSignature}
   */
  async send(document: EkdoDocument, options: EkdoCallOptions = {}): Promise<SubmittedDocument> {
    const prepared = await this.prepare(document, options);
    return this.attachSignature(await this.upload(prepared, options), options);
  }

  /** Whether routes and codecs say how to ask for a status. */
  get canAskStatus(): boolean {
    return this.#routes.status !== undefined && this.#options.codecs.status !== undefined;
  }

  /**
   * Asks what became of a document.
   *
   * @throws {TypeError} when routes or codecs do not say how, or the id is none
   * @throws {PortalError} @throws {SendError} about the question: it may be asked again
   */
  async status(id: string, { signal }: EkdoCallOptions = {}): Promise<PortalStatus> {
    const { status: codec } = this.#options.codecs;
    const route = this.#routes.status?.(encodeDocumentId(id));
    if (route === undefined || codec === undefined) {
      throw new TypeError(
        'status needs routes.status and codecs.status: ask the support of the portal whether there is one',
      );
    }
    const body: PortalBody = codec.write?.(id, this.#account) ?? { headers: {}, bytes: new Uint8Array() };
    const request: PortalRequest = {
      step: 'status',
      url: routeUrl(this.#base, route, 'status'),
      body: { ...body, method: body.method ?? 'GET' },
      id,
    };
    return this.#link.run(signal, (run) =>
      this.#link.send(run, request, (reply) => portalStatus(codec.read(reply))),
    );
  }

  #uploaded(prepared: SignedDocument, id: string): UploadedDocument {
    const uploaded = new UploadedDocument(prepared, id);
    this.#signatures.set(uploaded, 'open');
    return uploaded;
  }

  async #once<Subject extends object, Value>(
    passages: WeakMap<Subject, Passage | 'open'>,
    subject: Subject,
    { step, options }: { readonly step: 'document' | 'signature'; readonly options: EkdoSendOptions },
    work: (beforeSend: () => Promise<void>) => Promise<Value>,
  ): Promise<Value> {
    const before = passages.get(subject) ?? 'open';
    if (before !== 'open') throw outOfOrder(onceWords(step, before));
    passages.set(subject, 'under-way');
    let mayHaveLeft = false;
    try {
      const value = await work(async () => {
        await options.beforeSend?.();
        mayHaveLeft = true;
      });
      passages.set(subject, 'done');
      return value;
    } catch (error) {
      const isKnown = error instanceof GatewayError && error.delivery !== 'unknown';
      passages.set(subject, isKnown || !mayHaveLeft ? 'open' : 'in-doubt');
      throw error;
    }
  }
}

function onceWords(step: 'document' | 'signature', passage: Passage): string {
  switch (passage) {
    case 'under-way':
      return `the ${step} is on its way already`;
    case 'done':
      return `the portal has this ${step} already`;
    case 'in-doubt':
      return `nobody knows whether the portal has this ${step}; look there first, and then resume or prepare it anew`;
  }
}

function outOfOrder(message: string): PortalError {
  return new PortalError(message, { code: 'ERR_PORTAL_ORDER', delivery: 'not-sent' });
}
