/**
 * The menu of misbehaviour: what a real network and a real gateway do to a client sooner or later, by name.
 *
 * The names are the API; what each of them does lies in the sibling files, one a stage of the answer.
 *
 * @module
 */

/**
 * Where in the making of the answer a scenario takes hold.
 *
 * - `connection`: before the request is read; cannot be told by service
 * - `outcome`: in place of the service's answer
 * - `content`: in the envelope before it is signed, so the signature covers the damage
 * - `signature`: in the way the envelope is signed
 * - `envelope`: in the signed bytes, so the signature may no longer fit
 * - `http`: in status, headers or encoding of the HTTP answer
 * - `wire`: in the time and the way the bytes travel
 */
export type MisbehaviourStage =
  | 'connection'
  | 'outcome'
  | 'content'
  | 'signature'
  | 'envelope'
  | 'http'
  | 'wire';

/** One entry of the menu. */
export interface MisbehaviourDescription {
  readonly stage: MisbehaviourStage;
  /** What the emulator does. */
  readonly summary: string;
  /**
   * What a careful client makes of it: `accept` reads the answer as if nothing had happened, `wait` accepts it if it
   * has the patience, `refuse` must not return a value.
   */
  readonly client: 'accept' | 'wait' | 'refuse';
}

/** Name of a scenario. */
export type MisbehaviourName =
  | 'reset-before-reading'
  | 'business-error'
  | 'signed-fault'
  | 'unsigned-fault'
  | 'bare-fault'
  | 'mojibake'
  | 'mangled-data'
  | 'empty-data'
  | 'nil-data'
  | 'missing-data'
  | 'missing-response-info'
  | 'wrong-message-id'
  | 'comment-in-text'
  | 'processing-instruction'
  | 'two-prefixes'
  | 'soap-12'
  | 'unsigned'
  | 'wrong-key'
  | 'wrong-certificate'
  | 'expired-certificate'
  | 'tampered-body'
  | 'duplicate-id'
  | 'wrapped-body'
  | 'second-signature'
  | 'doctype'
  | 'truncated-xml'
  | 'bom'
  | 'http-500-empty'
  | 'http-502-html'
  | 'http-503-html'
  | 'http-200-html'
  | 'redirect'
  | 'wrong-content-type'
  | 'gzip'
  | 'gzip-bomb'
  | 'oversized-answer'
  | 'delay'
  | 'never-answer'
  | 'slow-drip'
  | 'reset-after-reading'
  | 'close-without-answer'
  | 'reset-mid-answer'
  | 'close-idle-connection';

/** Every scenario by name. */
export const misbehaviours: Readonly<Record<MisbehaviourName, MisbehaviourDescription>> = {
  'reset-before-reading': {
    stage: 'connection',
    summary: 'resets the connection before the request body is read',
    client: 'refuse',
  },
  'business-error': {
    stage: 'outcome',
    summary: 'a signed normal answer with status SCSE001 and no data; the handler is not called',
    client: 'refuse',
  },
  'signed-fault': {
    stage: 'outcome',
    summary: 'a signed soap:Fault with ErrorInfo and a nested subError; the handler is not called',
    client: 'refuse',
  },
  'unsigned-fault': {
    stage: 'outcome',
    summary: 'the same fault without a signature, as a gateway sends it that could not read the message',
    client: 'refuse',
  },
  'bare-fault': {
    stage: 'outcome',
    summary: 'an unsigned fault without detail, its faultcode the error code itself',
    client: 'refuse',
  },
  mojibake: {
    stage: 'content',
    summary: 'Cyrillic encoded twice (UTF-8 read as Latin-1) and signed as it is',
    client: 'accept',
  },
  'mangled-data': {
    stage: 'content',
    summary:
      'data in the XSI namespace with a plain type attribute, as a gateway was seen to send it; signed',
    client: 'accept',
  },
  'empty-data': {
    stage: 'content',
    summary: 'an empty data element, signed',
    client: 'refuse',
  },
  'nil-data': {
    stage: 'content',
    summary: 'data with xsi:nil="true", signed',
    client: 'refuse',
  },
  'missing-data': {
    stage: 'content',
    summary: 'an empty responseData, signed',
    client: 'refuse',
  },
  'missing-response-info': {
    stage: 'content',
    summary: 'a response without responseInfo, signed',
    client: 'refuse',
  },
  'wrong-message-id': {
    stage: 'content',
    summary: 'a short decimal messageId, neither the one of the request nor a UUID; signed',
    client: 'accept',
  },
  'comment-in-text': {
    stage: 'content',
    summary: 'a comment inside a text of the Body; the signature holds, because C14N drops comments',
    client: 'refuse',
  },
  'processing-instruction': {
    stage: 'content',
    summary: 'a processing instruction inside the signed Body; the signature holds',
    client: 'refuse',
  },
  'two-prefixes': {
    stage: 'content',
    summary: 'two prefixes for the SOAP namespace in one envelope, signed',
    client: 'accept',
  },
  'soap-12': {
    stage: 'content',
    summary: 'a SOAP 1.2 envelope as application/soap+xml, signed',
    client: 'accept',
  },
  unsigned: {
    stage: 'signature',
    summary: 'the right answer without a signature',
    client: 'refuse',
  },
  'wrong-key': {
    stage: 'signature',
    summary: 'signed with a stranger’s key, the stranger’s certificate inside, named like the gateway’s',
    client: 'refuse',
  },
  'wrong-certificate': {
    stage: 'signature',
    summary: 'signed with a stranger’s key, the gateway’s own certificate named as signer',
    client: 'refuse',
  },
  'expired-certificate': {
    stage: 'signature',
    summary: 'signed with the gateway’s key under a certificate that expired in 2021',
    client: 'refuse',
  },
  'tampered-body': {
    stage: 'envelope',
    summary: 'one character of the Body changed after signing',
    client: 'refuse',
  },
  'duplicate-id': {
    stage: 'envelope',
    summary: 'wrapping: the signed Body moved into a header, a forged Body with the same wsu:Id in its place',
    client: 'refuse',
  },
  'wrapped-body': {
    stage: 'envelope',
    summary: 'wrapping: the signed Body moved into a header, a forged Body with another wsu:Id in its place',
    client: 'refuse',
  },
  'second-signature': {
    stage: 'envelope',
    summary: 'an empty ds:Signature before the real one in wsse:Security',
    client: 'refuse',
  },
  doctype: {
    stage: 'envelope',
    summary: 'a DOCTYPE with an entity before the envelope; the signature holds',
    client: 'refuse',
  },
  'truncated-xml': {
    stage: 'envelope',
    summary: 'the envelope cut off in the middle, Content-Length to match',
    client: 'refuse',
  },
  bom: {
    stage: 'envelope',
    summary: 'a UTF-8 byte order mark before the envelope',
    client: 'accept',
  },
  'http-500-empty': {
    stage: 'http',
    summary: 'HTTP 500 without a body',
    client: 'refuse',
  },
  'http-502-html': {
    stage: 'http',
    summary: 'HTTP 502 with the HTML error page of a proxy',
    client: 'refuse',
  },
  'http-503-html': {
    stage: 'http',
    summary: 'HTTP 503 with an HTML page and Retry-After',
    client: 'refuse',
  },
  'http-200-html': {
    stage: 'http',
    summary: 'HTTP 200 with an HTML page, as a captive portal sends it',
    client: 'refuse',
  },
  redirect: {
    stage: 'http',
    summary: 'HTTP 302 to another host',
    client: 'refuse',
  },
  'wrong-content-type': {
    stage: 'http',
    summary: 'the right answer as text/html',
    client: 'refuse',
  },
  gzip: {
    stage: 'http',
    summary: 'the right answer compressed',
    client: 'accept',
  },
  'gzip-bomb': {
    stage: 'http',
    summary: 'the right answer and then spaces, compressed a thousandfold: `answerBytes` when unpacked',
    client: 'refuse',
  },
  'oversized-answer': {
    stage: 'http',
    summary: 'the right answer and then spaces, `answerBytes` in all',
    client: 'refuse',
  },
  delay: {
    stage: 'wire',
    summary: 'the right answer, `delayMs` late',
    client: 'wait',
  },
  'never-answer': {
    stage: 'wire',
    summary: 'reads the request, does the work, and never answers',
    client: 'refuse',
  },
  'slow-drip': {
    stage: 'wire',
    summary: 'the right answer in pieces of `chunkBytes`, one every `intervalMs`',
    client: 'wait',
  },
  'reset-after-reading': {
    stage: 'wire',
    summary: 'reads the request, does the work, and resets the connection',
    client: 'refuse',
  },
  'close-without-answer': {
    stage: 'wire',
    summary: 'reads the request, does the work, and closes the connection politely',
    client: 'refuse',
  },
  'reset-mid-answer': {
    stage: 'wire',
    summary: 'resets the connection after half of the answer',
    client: 'refuse',
  },
  'close-idle-connection': {
    stage: 'wire',
    summary: 'answers, and drops the kept-alive connection the moment the next request comes on it',
    client: 'accept',
  },
};

/** Settings of the scenarios that have any. */
export interface MisbehaviourSettings {
  readonly delay: {
    /** Milliseconds. Default: 1000. */
    readonly delayMs?: number | undefined;
  };
  readonly 'slow-drip': {
    /** Default: 64. */
    readonly chunkBytes?: number | undefined;
    /** Milliseconds. Default: 50. */
    readonly intervalMs?: number | undefined;
  };
  readonly 'oversized-answer': {
    /** Size of the answer in bytes. Default: 128 MiB. */
    readonly answerBytes?: number | undefined;
  };
  readonly 'gzip-bomb': {
    /** Unpacked size in bytes. Default: 1 GiB. */
    readonly answerBytes?: number | undefined;
  };
}

/** When and how often a scenario is played. */
export interface MisbehaviourScope {
  /** How many exchanges it spoils, a positive integer or `Infinity`. Default: 1. */
  readonly times?: number | undefined;
  /** Only exchanges with this service; not for the stage `connection`. Default: any exchange. */
  readonly serviceId?: string | undefined;
}

/** Options of `emulator.misbehave(name, options)`. */
export type MisbehaviourOptions<Name extends MisbehaviourName = MisbehaviourName> = MisbehaviourScope &
  (Name extends keyof MisbehaviourSettings ? MisbehaviourSettings[Name] : unknown);
