import type { XmlName } from './xml.ts';

/** An element around a message in the place of the one of SyncChannel v10. */
export interface WrapperElement {
  readonly name: XmlName;
  /**
   * Whether the elements inside, down to `data` itself, are in the namespace of `name`. What is inside `data` is the
   * codec's. Only writing asks: a reader takes them in any namespace.
   */
  readonly parts: 'qualified' | 'unqualified';
}

/**
 * How the messages of one service differ from SyncChannel v10 around the data, on the synchronous channel. What is left
 * out is as everywhere.
 */
export interface MessageWrapper {
  /** Around a request. Default: `SendMessage` of SyncChannel v10, the elements inside in no namespace. */
  readonly request?: WrapperElement | undefined;
  /** Around an answer. Default: `SendMessageResponse` of SyncChannel v10, the elements inside in no namespace. */
  readonly response?: WrapperElement | undefined;
  /** Elements that an answer is taken in beside that of `response`. Default: none. */
  readonly otherResponses?: readonly XmlName[] | undefined;
  /**
   * Whether an answer may come without a status, or with an empty one. Its code then is `''`, which has to be among the
   * service's `successCodes` to count as success. Default: false, such an answer is refused.
   */
  readonly isStatusOptional?: boolean | undefined;
}
