/**
 * What faults of this side say.
 *
 * The gateway's official table of codes is not public. The `SCE…` codes are known from published code of one provider
 * that copies the gateway's convention: they are the default where that evidence says what they mean. The codes with
 * `EGW-` are this SDK's own, for what nobody has published a code for. Agree on the codes with the gateway's operator.
 *
 * @module
 */

/** Why a message is answered with a fault. */
export type FaultReason =
  /** No acceptable XML, no SOAP envelope, not an operation of this interface, or data that breaks its contract. */
  | 'format'
  /** No transport signature where one is required. */
  | 'unsigned'
  /** A transport signature that does not hold, or by somebody who is not trusted. */
  | 'signature'
  /** The signer's certificate has expired or is not valid yet. */
  | 'signature-outdated'
  /** No such service here. */
  | 'service'
  /** The sender is not one of those allowed. */
  | 'sender'
  /** Made longer ago than is taken, or nobody can tell when: it may be played back. */
  | 'outdated'
  /** This side did not finish in time. The message may have been stored or handled all the same. */
  | 'timeout'
  /** This side failed: its journal, its key, or its handler. */
  | 'internal';

/** Code and words of a fault. */
export interface FaultText {
  /** `errorCode`. */
  readonly code: string;
  /** `errorMessage` and `faultstring`. Fixed words: nothing of the message, nothing of this side. */
  readonly text: string;
}

/** The defaults. Options `faults` of the receiver and of the host replace single ones. */
export const defaultFaults: Readonly<Record<FaultReason, FaultText>> = {
  format: { code: 'SCE001', text: 'Сообщение не соответствует формату' },
  service: { code: 'SCE004', text: 'Сервис не существует' },
  'signature-outdated': { code: 'SCE005', text: 'Транспортная подпись не актуальна' },
  signature: { code: 'SCE006', text: 'Неверная транспортная подпись' },
  unsigned: { code: 'SCE007', text: 'Сообщение не подписано' },
  sender: { code: 'EGW-SENDER', text: 'Отправитель не допущен' },
  outdated: { code: 'EGW-OUTDATED', text: 'Сообщение устарело' },
  timeout: { code: 'EGW-TIMEOUT', text: 'Сообщение не обработано за отведённое время' },
  internal: { code: 'SCE909', text: 'Внутренняя ошибка системы' },
};

/** Whose mistake it is, as SOAP 1.1 puts it. @see SOAP 1.1, 4.4.1 "SOAP Fault Codes" @internal */
export function faultSide(reason: FaultReason): 'soap:Client' | 'soap:Server' {
  return reason === 'timeout' || reason === 'internal' ? 'soap:Server' : 'soap:Client';
}
