/**
 * Canned answers: XML from a file or a string, the same for every request.
 *
 * @module
 */
import { readFile } from 'node:fs/promises';

import type { AnswerStatus, DataCodec, XmlElement } from '@egov-gateway/core';
import { copyDataElement, isDataElement } from '@egov-gateway/payload';
import { parseXml } from '@egov-gateway/xml';

import { type Served, type ServiceEntry, successStatus } from '../service.ts';

/**
 * A service that always answers the same.
 *
 * The XML is one of three things, told apart by its root: an element `data` of no namespace, which is taken with its
 * attributes; a SOAP envelope, whose `status` and `data` are taken; or anything else, which becomes the one child of
 * `data`.
 */
export interface CannedService {
  readonly id: string;
  /** A path, or a `file:` URL. Read once, when the emulator is created. */
  readonly file?: string | URL | undefined;
  /** The XML itself, in place of a file. */
  readonly xml?: string | undefined;
  /** Plain text for `data`, escaped and declared as `xs:string`, in place of XML. */
  readonly text?: string | undefined;
  /** Default: the status of the envelope, if the XML is one; else `SCSS001`. */
  readonly status?: AnswerStatus | undefined;
}

const schema = 'http://www.w3.org/2001/XMLSchema';
const xsi = 'http://www.w3.org/2001/XMLSchema-instance';

/** What is in the can. */
interface Can {
  readonly data: DataCodec<unknown> | undefined;
  readonly status: AnswerStatus | undefined;
}

/**
 * @throws {TypeError} when there is no source, or more than one
 * @throws {XmlError} when the XML is not acceptable
 * @throws {Error} of `node:fs` when the file cannot be read
 * @internal
 */
export async function cannedService(canned: CannedService): Promise<ServiceEntry> {
  const { id, file, xml, text } = canned;
  if (typeof id !== 'string' || id === '') throw new TypeError('the id of a service must not be empty');
  if ([file, xml, text].filter((source) => source !== undefined).length !== 1) {
    throw new TypeError('a canned service needs exactly one of file, xml and text');
  }
  const can: Can =
    text === undefined
      ? open(parseXml(file === undefined ? new TextEncoder().encode(xml) : await readFile(file)).root)
      : { data: textCodec(text), status: undefined };
  const status = canned.status ?? can.status ?? successStatus([]);
  const served: Served = {
    kind: 'answer',
    status,
    isSuccess: true,
    data: can.data && { codec: can.data, value: undefined },
  };
  return { id, serve: () => Promise.resolve(served) };
}

function open(root: XmlElement): Can {
  if (root.localName === 'Envelope') {
    const response = descend(root, ['Body', 'SendMessageResponse', 'response']);
    const data = descend(response, ['responseData', 'data']);
    const status = descend(response, ['responseInfo', 'status']);
    return {
      data: data && dataCodec(data),
      status: status && {
        code: descend(status, ['code'])?.text() ?? '',
        message: descend(status, ['message'])?.text() ?? '',
      },
    };
  }
  return { data: isDataElement(root) ? dataCodec(root) : wrappingCodec(root), status: undefined };
}

function descend(from: XmlElement | undefined, path: readonly string[]): XmlElement | undefined {
  let found = from;
  for (const name of path) {
    let child = found?.first;
    while (child !== undefined && child.localName !== name) child = child.next;
    found = child;
  }
  return found;
}

function dataCodec(data: XmlElement): DataCodec<unknown> {
  return codec((writer) => copyDataElement(data, writer));
}

function wrappingCodec(root: XmlElement): DataCodec<unknown> {
  return codec((writer) => writer.copy(root));
}

function textCodec(text: string): DataCodec<unknown> {
  return codec((writer) => {
    writer.declarePrefix('xs', schema);
    writer.attribute({ localName: 'type', namespace: xsi, prefix: 'xsi' }, 'xs:string');
    writer.text(text);
  });
}

function codec(write: (writer: Parameters<DataCodec<unknown>['write']>[1]) => void): DataCodec<unknown> {
  return { validate: () => [], write: (_, writer) => write(writer), read: () => undefined };
}
