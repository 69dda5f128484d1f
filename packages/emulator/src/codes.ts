/**
 * The codes the emulator refuses with.
 *
 * No official table of the gateway's codes is public. The five `SCE…` codes are known from one provider that copies
 * the gateway's convention: the emulator uses them where that evidence says what they mean, and codes of its own,
 * all with the prefix `EMU-`, everywhere else. A program must not depend on an `EMU-` code in production.
 *
 * @module
 */

/** Codes seen in public code of a service provider: weak evidence, but the best there is. */
export type EvidencedCode = 'SCE001' | 'SCE004' | 'SCE005' | 'SCE006' | 'SCE007';

/** Codes of the emulator's own. The real gateway has others for these cases; nobody has published them. */
export type OwnCode =
  | 'EMU-SOAP-VERSION'
  | 'EMU-UNKNOWN-SENDER'
  | 'EMU-WRONG-PASSWORD'
  | 'EMU-SIGNER-MISMATCH'
  | 'EMU-SUSPENDED'
  | 'EMU-SERVICE-DENIED'
  | 'EMU-ACCEPT-TIMEOUT'
  | 'EMU-ANSWER-TIMEOUT'
  | 'EMU-ANSWER-INVALID'
  | 'EMU-HANDLER-ERROR'
  | 'EMU-SIGN-ERROR'
  | 'EMU-UNKNOWN-CHAIN'
  | 'EMU-UNKNOWN-MESSAGE'
  | 'EMU-DUPLICATE-ID'
  | 'EMU-STORE-ERROR'
  | 'EMU-SCRIPTED';

/** Every code the emulator refuses with on its own account. Handlers may use others. */
export type RefusalCode = EvidencedCode | OwnCode;

/** What is known about a code. */
export interface CodeDescription {
  /** `errorMessage` of the ErrorInfo. */
  readonly text: string;
  /** When the emulator uses it. */
  readonly when: string;
  /** `weak`: public code of one provider. `own`: made up by the emulator. */
  readonly evidence: 'weak' | 'own';
  /** Who is to blame, as SOAP 1.1 puts it: the sender of the message, or the side that serves it. */
  readonly side: 'client' | 'server';
}

/** Every code of {@link RefusalCode} with its text, its occasion and the strength of its evidence. */
export const refusalCodes: Readonly<Record<RefusalCode, CodeDescription>> = {
  SCE001: {
    text: 'Сообщение не соответствует формату',
    when: 'no acceptable XML, no SOAP envelope, or not the request that the contract describes',
    evidence: 'weak',
    side: 'client',
  },
  SCE004: {
    text: 'Сервис не существует',
    when: 'no service is registered under this serviceId',
    evidence: 'weak',
    side: 'client',
  },
  SCE005: {
    text: 'Транспортная подпись не актуальная',
    when: "the signer's certificate has expired, is not valid yet, or is revoked",
    evidence: 'weak',
    side: 'client',
  },
  SCE006: {
    text: 'Не верная транспортная подпись',
    when: 'the transport signature does not hold, or its signer is not trusted',
    evidence: 'weak',
    side: 'client',
  },
  SCE007: {
    text: 'Сообщение не подписано',
    when: 'there is no transport signature where one is required',
    evidence: 'weak',
    side: 'client',
  },
  'EMU-SOAP-VERSION': {
    text: 'emulator: the envelope is not SOAP 1.1',
    when: 'a SOAP 1.2 envelope came and `acceptSoap12` is off: the gateway’s WSDL binds SOAP 1.1',
    evidence: 'own',
    side: 'client',
  },
  'EMU-UNKNOWN-SENDER': {
    text: 'emulator: senderId is not registered',
    when: 'no information system is registered under this senderId',
    evidence: 'own',
    side: 'client',
  },
  'EMU-WRONG-PASSWORD': {
    text: 'emulator: the password of the sender is wrong or missing',
    when: 'the password differs from the registered one',
    evidence: 'own',
    side: 'client',
  },
  'EMU-SIGNER-MISMATCH': {
    text: 'emulator: the IIN/BIN of the certificate is not the registered one',
    when: 'the signature holds, but its certificate belongs to somebody else than the sender',
    evidence: 'own',
    side: 'client',
  },
  'EMU-SUSPENDED': {
    text: 'emulator: the information system is suspended',
    when: 'the operator suspended the system, before the request or before its answer',
    evidence: 'own',
    side: 'client',
  },
  'EMU-SERVICE-DENIED': {
    text: 'emulator: the sender has no access to this service',
    when: 'the registration of the system lists services, and this one is not among them',
    evidence: 'own',
    side: 'client',
  },
  'EMU-ACCEPT-TIMEOUT': {
    text: 'emulator: the message was not accepted in time',
    when: 'reading and checking took longer than `acceptWithinMs`',
    evidence: 'own',
    side: 'server',
  },
  'EMU-ANSWER-TIMEOUT': {
    text: 'emulator: the service did not answer in time',
    when: 'the handler took longer than `answerWithinMs`',
    evidence: 'own',
    side: 'server',
  },
  'EMU-ANSWER-INVALID': {
    text: 'emulator: the answer of the service breaks the contract',
    when: 'the handler returned something that its own service definition refuses',
    evidence: 'own',
    side: 'server',
  },
  'EMU-HANDLER-ERROR': {
    text: 'emulator: the service failed',
    when: 'the handler threw; the error is in `exchange.error`, never on the wire',
    evidence: 'own',
    side: 'server',
  },
  'EMU-SIGN-ERROR': {
    text: 'emulator: the answer could not be signed',
    when: 'the key given in `responseSigning` refused; the fault itself is unsigned',
    evidence: 'own',
    side: 'server',
  },
  'EMU-UNKNOWN-CHAIN': {
    text: 'emulator: there is no such chain for this sender',
    when: 'a reply names a correlationId that is none, or of another service, or of a chain of others',
    evidence: 'own',
    side: 'client',
  },
  'EMU-UNKNOWN-MESSAGE': {
    text: 'emulator: there is no such message for this sender',
    when: 'a status or a confirmation of a messageId that the sender has not sent, or not been sent',
    evidence: 'own',
    side: 'client',
  },
  'EMU-DUPLICATE-ID': {
    text: 'emulator: the sender has sent a message with this messageId already',
    when: "`dedupe: 'message-id'` with `duplicates: 'fault'`",
    evidence: 'own',
    side: 'client',
  },
  'EMU-STORE-ERROR': {
    text: 'emulator: the message could not be kept',
    when: 'the durable store refused; nothing was accepted',
    evidence: 'own',
    side: 'server',
  },
  'EMU-SCRIPTED': {
    text: 'emulator: a scripted fault',
    when: 'a scenario of the script asks for it',
    evidence: 'own',
    side: 'server',
  },
};

/** A refusal on its way to becoming a fault. Internal: what callers see is the fault. @internal */
export class Refusal extends Error {
  readonly code: RefusalCode;
  /** `errorData`: what was expected and found, without values. */
  readonly detail: string | undefined;

  constructor(code: RefusalCode, detail?: string, cause?: unknown) {
    super(`${code}: ${refusalCodes[code].text}`, cause === undefined ? undefined : { cause });
    this.name = 'Refusal';
    this.code = code;
    this.detail = detail;
  }
}
