import type { AnswerStatus, ValidationIssue } from './errors.ts';
import type { MessageWrapper } from './message-wrapper.ts';
import type { XmlElement, XmlWriter } from './xml.ts';

/**
 * How one type of business data lies in the element `data` of a gateway message.
 *
 * `@egov-gateway/payload` makes these from one definition; a hand-written object does as well.
 */
export interface DataCodec<T> {
  /** Every rule that `value` breaks, paths relative to `data` (`/number`). Empty when it may be sent. */
  validate(value: T): readonly ValidationIssue[];
  /** Writes the attributes and the content of `data`. The element itself is open already and is closed by the caller. */
  write(value: T, writer: XmlWriter): void;
  /**
   * Reads the content of `data`.
   *
   * @throws {ParseError} when it is not what the contract says
   */
  read(data: XmlElement): T;
  /** The value of an answer that has no `data`, for services that may send none. Left out, such an answer is refused. */
  readAbsent?(): T;
}

/** One service of the gateway: what it is called and what goes in and out. */
export interface Service<Request, Response> {
  /** `serviceId` in the gateway's registry. */
  readonly id: string;
  readonly request: DataCodec<Request>;
  readonly response: DataCodec<Response>;
  /** `status/code` values of an answer that mean success. Compared exactly. */
  readonly successCodes: readonly string[];
  /** Status inside the data, for services that answer with a second one; both must be success. */
  innerStatus?(response: Response): AnswerStatus | undefined;
  /** How its messages differ around the data. The asynchronous channel has no such thing. Default: they do not. */
  readonly wrapper?: MessageWrapper | undefined;
}
