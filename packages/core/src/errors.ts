/**
 * Every error the SDK throws on purpose.
 *
 * Catch by class to learn *where* the message was stopped, switch on `code` to learn *why*, and read
 * `delivery` before you send anything again: it says whether the gateway may already have acted.
 *
 * Misuse of the API itself (a wrong argument) is a plain `TypeError`, and a cancelled call rejects with the
 * caller's own `signal.reason`; neither is listed here.
 *
 * @module
 */
import type { ErrorCode } from './error-codes.ts';
import { printablePath } from './printable.ts';

/** What the gateway may have done with the message by the time the error was thrown. */
export type Delivery =
  /** Nothing left this process. Sending again is safe. */
  | 'not-sent'
  /** Bytes left and no answer that could be verified came back: a timeout, but also a forged or proxy-made answer. */
  | 'unknown'
  /** A verified answer of the gateway arrived. Sending again repeats the operation. */
  | 'answered';

/** Options shared by every {@link GatewayError}. */
export interface GatewayErrorOptions<Code extends ErrorCode = ErrorCode> {
  readonly code: Code;
  readonly delivery: Delivery;
  /** Ties the error to the journal and to the gateway's support desk. */
  readonly messageId?: string | undefined;
  /** The error underneath, kept whole. Its text is never copied into `message`. */
  readonly cause?: unknown;
}

/** Base of all errors of the SDK. `message` never contains payload, keys, passwords, IIN or BIN. */
export class GatewayError<Code extends ErrorCode = ErrorCode> extends Error {
  readonly code: Code;
  readonly delivery: Delivery;
  readonly messageId: string | undefined;

  constructor(message: string, options: GatewayErrorOptions<Code>) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = options.code;
    this.delivery = options.delivery;
    this.messageId = options.messageId;
  }
}

/** One broken rule of a contract. */
export interface ValidationIssue {
  /** Where, as a path of element names: `/SendMessage/request/requestInfo/messageId`. */
  readonly path: string;
  /** Stable name of the rule that was broken, for example `required`, `max-length`, `iin-checksum`. */
  readonly rule: string;
  /** What was expected and what to do, in words. Never contains the value. */
  readonly message: string;
  /** The document that says so, for example `Rules No 123, Приложение 1, 2.1`. */
  readonly clause?: string | undefined;
}

/** The request breaks rules of the contract. Lists every broken rule, not only the first. Nothing was sent. */
export class ValidateError extends GatewayError<Extract<ErrorCode, `ERR_VALIDATE_${string}`>> {
  readonly issues: readonly ValidationIssue[];

  constructor(issues: readonly ValidationIssue[], options: { messageId?: string | undefined } = {}) {
    const summary = issues.map((issue) => `${issue.path}: ${issue.message}`).join('; ');
    super(`${issues.length} rule(s) of the contract are broken: ${summary}`, {
      code: 'ERR_VALIDATE_CONTRACT',
      delivery: 'not-sent',
      messageId: options.messageId,
    });
    this.issues = issues;
  }
}

/** A key file, a certificate or a password cannot be used. Nothing was sent. */
export class KeyError extends GatewayError<Extract<ErrorCode, `ERR_KEY_${string}`>> {
  constructor(message: string, options: { code: Extract<ErrorCode, `ERR_KEY_${string}`>; cause?: unknown }) {
    super(message, { delivery: 'not-sent', ...options });
  }
}

/** The message could not be signed. Nothing was sent. */
export class SignError extends GatewayError<Extract<ErrorCode, `ERR_SIGN_${string}`>> {
  constructor(
    message: string,
    options: {
      code: Extract<ErrorCode, `ERR_SIGN_${string}`>;
      messageId?: string | undefined;
      cause?: unknown;
    },
  ) {
    super(message, { delivery: 'not-sent', ...options });
  }
}

/** The exchange broke before a whole answer was read. `delivery` says whether bytes had left. */
export class SendError extends GatewayError<Extract<ErrorCode, `ERR_SEND_${string}`>> {
  /** HTTP status, when the answer came with one that is not a gateway message. */
  readonly httpStatus: number | undefined;

  constructor(
    message: string,
    options: GatewayErrorOptions<Extract<ErrorCode, `ERR_SEND_${string}`>> & {
      readonly httpStatus?: number | undefined;
    },
  ) {
    super(message, options);
    this.httpStatus = options.httpStatus;
  }
}

/** Where in the document the reader stopped. Lines and columns count from 1, columns in UTF-16 units. */
export interface XmlPosition {
  readonly line: number;
  readonly column: number;
}

/** The bytes are not XML that this SDK accepts. */
export class XmlError extends GatewayError<Extract<ErrorCode, `ERR_XML_${string}`>> {
  readonly line: number;
  readonly column: number;

  constructor(message: string, options: { code: Extract<ErrorCode, `ERR_XML_${string}`> } & XmlPosition) {
    super(`${message} (line ${options.line}, column ${options.column})`, {
      code: options.code,
      delivery: 'unknown',
    });
    this.line = options.line;
    this.column = options.column;
  }
}

/** The answer arrived but must not be trusted. Never retried automatically. */
export class VerifyError extends GatewayError<Extract<ErrorCode, `ERR_VERIFY_${string}`>> {
  constructor(
    message: string,
    options: {
      code: Extract<ErrorCode, `ERR_VERIFY_${string}`>;
      messageId?: string | undefined;
      cause?: unknown;
    },
  ) {
    super(message, { delivery: 'unknown', ...options });
  }
}

/** The XML is sound, but it is not the message that was expected. */
export class ParseError extends GatewayError<Extract<ErrorCode, `ERR_PARSE_${string}`>> {
  /**
   * Path of the element that does not fit, for example `/SendMessageResponse/response/responseInfo`, as it may be
   * printed: digits masked, the middle of a long one left out.
   */
  readonly path: string;

  constructor(
    message: string,
    options: {
      code: Extract<ErrorCode, `ERR_PARSE_${string}`>;
      path: string;
      delivery?: Delivery;
      messageId?: string | undefined;
      cause?: unknown;
    },
  ) {
    const path = printablePath(options.path);
    super(`${path}: ${message}`, { delivery: 'unknown', ...options });
    this.path = path;
  }
}

/**
 * The journal could not do what it was asked; nothing of the change was kept. `delivery` says what became of the message
 * that it was about: `not-sent`, unless whoever wrote to the journal knows better.
 */
export class JournalError extends GatewayError<Extract<ErrorCode, `ERR_JOURNAL_${string}`>> {
  constructor(
    message: string,
    options: {
      code: Extract<ErrorCode, `ERR_JOURNAL_${string}`>;
      delivery?: Delivery;
      messageId?: string | undefined;
      cause?: unknown;
    },
  ) {
    super(message, { delivery: 'not-sent', ...options });
  }
}

/** The HTTP answer behind a {@link PortalError}. Header names are lower-case. */
export interface PortalAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** As far as it is kept: the first 64 KiB. */
  readonly text: string;
}

/** A portal over HTTPS (not the gateway) refused a step, or answered with something that cannot be read. */
export class PortalError extends GatewayError<Extract<ErrorCode, `ERR_PORTAL_${string}`>> {
  readonly httpStatus: number | undefined;
  readonly #answer: PortalAnswer | undefined;

  constructor(
    message: string,
    options: GatewayErrorOptions<Extract<ErrorCode, `ERR_PORTAL_${string}`>> & {
      readonly answer?: PortalAnswer | undefined;
    },
  ) {
    super(message, options);
    this.httpStatus = options.answer?.status;
    this.#answer = options.answer;
  }

  /** What the portal sent, for its support desk. Not enumerable, not printed: it may name a person. */
  get answer(): PortalAnswer | undefined {
    return this.#answer;
  }
}

/** The status of an answer, as the service wrote it. */
export interface AnswerStatus {
  readonly code: string;
  /** The service's own words and language, never interpreted. */
  readonly message: string;
}

/** A person's consent (КДП) that could be shown to a service was not given, not got, or no longer counts. */
export class ConsentError extends GatewayError<Extract<ErrorCode, `ERR_CONSENT_${string}`>> {}

/** The service answered, the answer is verified, and it refuses. */
export class BusinessError<Data = unknown> extends GatewayError<'ERR_BUSINESS_STATUS'> {
  readonly #statusCode: string;
  readonly #statusMessage: string;
  readonly #data: Data | undefined;

  constructor(
    status: AnswerStatus,
    options: { data?: Data | undefined; messageId?: string | undefined; delivery?: Delivery },
  ) {
    super(`the service answered with status ${printableCode(status.code, 'statusCode')}`, {
      code: 'ERR_BUSINESS_STATUS',
      delivery: options.delivery ?? 'answered',
      messageId: options.messageId,
    });
    this.#statusCode = status.code;
    this.#statusMessage = status.message;
    this.#data = options.data;
  }

  /** The status code as the service wrote it. Not enumerable, not printed: nobody has checked that it is a code. */
  get statusCode(): string {
    return this.#statusCode;
  }

  /** The service's own words. Not enumerable and not printed by `util.inspect`: they may name a person. */
  get statusMessage(): string {
    return this.#statusMessage;
  }

  /** The decoded `data` of the refusal, when there was any. Not enumerable, not printed. */
  get data(): Data | undefined {
    return this.#data;
  }
}

/** `ErrorInfo` of the gateway. @see Rules No 123, Приложение 1, 2.1 "SendMessageFault1_SendMessageFault" */
export interface ErrorInfo {
  readonly errorCode: string;
  readonly errorMessage: string;
  readonly errorData?: string | undefined;
  /** As written, with its offset. */
  readonly errorDate?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly subError?: ErrorInfo | undefined;
}

/** What a SOAP fault says. */
export interface FaultContent {
  /** `faultcode` (1.1) or `Code/Value` (1.2), as sent. */
  readonly faultCode: string;
  /** `faultstring` (1.1) or `Reason/Text` (1.2): the gateway's own words, never interpreted. */
  readonly faultString: string;
  /** The gateway's ErrorInfo, when the fault carries one. */
  readonly errorInfo?: ErrorInfo | undefined;
}

/** The gateway answered with a SOAP fault. */
export class GatewayFault extends GatewayError<'ERR_FAULT_GATEWAY'> {
  /** Whether the fault carried a signature that was verified. An unsigned fault proves nothing. */
  readonly verified: boolean;
  readonly #faultCode: string;
  readonly #content: FaultContent;

  constructor(content: FaultContent, options: { verified: boolean; messageId?: string | undefined }) {
    const code = content.errorInfo?.errorCode || content.faultCode;
    super(
      `the gateway answered with ${options.verified ? 'a' : 'an unverified'} fault ${printableCode(code, 'faultCode')}`,
      {
        code: 'ERR_FAULT_GATEWAY',
        delivery: options.verified ? 'answered' : 'unknown',
        messageId: options.messageId,
      },
    );
    this.#faultCode = code;
    this.verified = options.verified;
    this.#content = content;
  }

  /** `errorCode` of the ErrorInfo, else `faultcode`, as sent. Not enumerable, not printed. */
  get faultCode(): string {
    return this.#faultCode;
  }

  /** The gateway's own words. Not enumerable, not printed: they may name a person. */
  get faultString(): string {
    return this.#content.faultString;
  }

  /** The gateway's ErrorInfo with its chain of sub-errors. Not enumerable, not printed. */
  get errorInfo(): ErrorInfo | undefined {
    return this.#content.errorInfo;
  }
}

/** Codes come from outside: anything that is not a short plain code could be personal data and is not printed. */
function printableCode(code: string, property: 'statusCode' | 'faultCode'): string {
  const isPlain = /^(?:[A-Za-z][\w.:-]{0,39}|\d{1,5})$/.test(code) && !/\d{10}/.test(code);
  return isPlain ? code : `(not printed: see ${property})`;
}
