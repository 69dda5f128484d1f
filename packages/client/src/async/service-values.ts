import type { AsyncMessageType, DataCodec, ValidationIssue, XmlElement, XmlWriter } from '@egov-gateway/core';
import type { DataPart } from '@egov-gateway/envelope';

/** A `DataCodec` of whatever type. */
export interface AnyDataCodec {
  validate(value: never): readonly ValidationIssue[];
  write(value: never, writer: XmlWriter): void;
  read(data: XmlElement): unknown;
  readAbsent?(): unknown;
}

/** An `AsyncService` of whatever types: one of core, a `Service` of the synchronous channel, or an object of codecs. */
export interface AnyAsyncService {
  /** `serviceId` in the gateway's registry. */
  readonly id: string;
  readonly request: AnyDataCodec;
  readonly response: AnyDataCodec;
  /** Data of a NOTIFICATION. Default: as `response`. */
  readonly notification?: AnyDataCodec | undefined;
  /** Data of an UPDATE. Default: as `request`. */
  readonly update?: AnyDataCodec | undefined;
}

/** The codec that a service has for one type of message. */
export type CodecFor<Of extends AnyAsyncService, Type extends AsyncMessageType> = {
  REQUEST: Of['request'];
  RESPONSE: Of['response'];
  NOTIFICATION: Of extends { readonly notification?: infer Own extends AnyDataCodec | undefined }
    ? [NonNullable<Own>] extends [never]
      ? Of['response']
      : NonNullable<Own>
    : Of['response'];
  UPDATE: Of extends { readonly update?: infer Own extends AnyDataCodec | undefined }
    ? [NonNullable<Own>] extends [never]
      ? Of['request']
      : NonNullable<Own>
    : Of['request'];
}[Type];

/** What is handed in to send a message of one type. */
export type SentValue<Of extends AnyAsyncService, Type extends AsyncMessageType> =
  CodecFor<Of, Type> extends { write(value: infer Value, writer: XmlWriter): void } ? Value : never;

/** What a handler gets of a message of one type. */
export type ReceivedValue<Of extends AnyAsyncService, Type extends AsyncMessageType> =
  CodecFor<Of, Type> extends { read(data: XmlElement): infer Value } ? Value : never;

/**
 * The codec for a type of message.
 *
 * @throws {TypeError} when there is no such type
 * @internal
 */
export function codecFor(service: AnyAsyncService, type: AsyncMessageType): DataCodec<unknown> {
  const { request, response, notification = response, update = request } = service;
  const codecs = { REQUEST: request, RESPONSE: response, NOTIFICATION: notification, UPDATE: update };
  if (!Object.hasOwn(codecs, type))
    throw new TypeError(`type must be one of ${Object.keys(codecs).join(', ')}`);
  // The signatures of the client and of the gateway tie value and codec together.
  return codecs[type] as unknown as DataCodec<unknown>;
}

/** @internal */
export function dataFor(service: AnyAsyncService, type: AsyncMessageType, value: unknown): DataPart<unknown> {
  return { codec: codecFor(service, type), value };
}
