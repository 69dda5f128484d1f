/**
 * The elements around a message of the synchronous channel: those of SyncChannel v10, or what a service has instead.
 *
 * @module
 */
import type { MessageWrapper, WrapperElement, XmlElement, XmlName, XmlWriter } from '@egov-gateway/core';

import { type DataPart, writeData } from '../data-part.ts';
import { expectElement } from '../soap.ts';
import { syncRequestName, syncResponseName } from './channel.ts';

/** What a service may differ in around its data. */
export interface WrapperOptions {
  /** `wrapper` of the service. Default: the elements of SyncChannel v10. */
  readonly wrapper?: MessageWrapper | undefined;
}

const request: WrapperElement = { name: syncRequestName, parts: 'unqualified' };
const response: WrapperElement = { name: syncResponseName, parts: 'unqualified' };

/** The element around a request. */
export function requestElement(wrapper: MessageWrapper | undefined): WrapperElement {
  return wrapper?.request ?? request;
}

/** The element around an answer. */
export function responseElement(wrapper: MessageWrapper | undefined): WrapperElement {
  return wrapper?.response ?? response;
}

/**
 * Refuses an answer in any other element than the service's.
 *
 * @throws {ParseError} `ERR_PARSE_UNEXPECTED_ELEMENT`
 */
export function expectResponse(element: XmlElement, wrapper: MessageWrapper | undefined): void {
  if (wrapper?.otherResponses?.some((name) => isNamed(element, name)) === true) return;
  expectElement(element, responseElement(wrapper).name);
}

/**
 * Which of the wrappers a request came in; `undefined` when it is that of SyncChannel v10.
 *
 * @throws {ParseError} `ERR_PARSE_UNEXPECTED_ELEMENT` when it is none of them
 */
export function expectRequest(
  element: XmlElement,
  wrappers: readonly MessageWrapper[],
): MessageWrapper | undefined {
  const found = wrappers.find((wrapper) => wrapper.request && isNamed(element, wrapper.request.name));
  if (found === undefined) expectElement(element, syncRequestName);
  return found;
}

/** Whether requests in both come in the same element. `undefined` stands for SyncChannel v10. */
export function sameRequestElement(
  one: MessageWrapper | undefined,
  other: MessageWrapper | undefined,
): boolean {
  const [left, right] = [requestElement(one).name, requestElement(other).name];
  return left.localName === right.localName && left.namespace === right.namespace;
}

/** Writes a message: its info and, in an element of its own, its data. */
export function writeMessage<T>(
  writer: XmlWriter,
  element: WrapperElement,
  message: {
    readonly kind: 'request' | 'response';
    readonly writeInfo: (writer: XmlWriter) => void;
    readonly data: DataPart<T> | undefined;
  },
): void {
  const { kind, writeInfo, data } = message;
  const isQualified = element.parts === 'qualified';
  const parts = isQualified ? new QualifyingWriter(writer, element.name) : writer;
  writer.open(element.name);
  parts.open(kind);
  writeInfo(parts);
  parts.open(`${kind}Data`);
  if (!isQualified) writeData(writer, data);
  else if (data !== undefined) {
    parts.open('data');
    // Not the qualifying writer: what is inside is the codec's, and unqualified unless the codec says otherwise.
    data.codec.write(data.value, writer);
    parts.close();
  }
  parts.close();
  parts.close();
  writer.close();
}

function isNamed(element: XmlElement, { localName, namespace }: XmlName): boolean {
  return element.localName === localName && element.namespace === namespace;
}

/** Puts every element that is named by a string into a namespace. */
class QualifyingWriter implements XmlWriter {
  readonly #writer: XmlWriter;
  readonly #wrapper: XmlName;

  constructor(writer: XmlWriter, wrapper: XmlName) {
    this.#writer = writer;
    this.#wrapper = wrapper;
  }

  open(name: XmlName | string): void {
    this.#writer.open(this.#named(name));
  }

  leaf(name: XmlName | string, value: string): void {
    this.#writer.leaf(this.#named(name), value);
  }

  attribute(name: XmlName | string, value: string): void {
    this.#writer.attribute(name, value);
  }

  declarePrefix(prefix: string, namespace: string): void {
    this.#writer.declarePrefix(prefix, namespace);
  }

  text(value: string): void {
    this.#writer.text(value);
  }

  base64(bytes: Uint8Array): void {
    this.#writer.base64(bytes);
  }

  copy(element: XmlElement): void {
    this.#writer.copy(element);
  }

  close(): void {
    this.#writer.close();
  }

  #named(name: XmlName | string): XmlName {
    return typeof name === 'string' ? { ...this.#wrapper, localName: name } : name;
  }
}
