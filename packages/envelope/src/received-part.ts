/**
 * The data of a received message, passed on in another one.
 *
 * @module
 */
import type { ValidationIssue, XmlElement, XmlWriter } from '@egov-gateway/core';

import { type DataPart, dataIssues, writeDataElement } from './data-part.ts';
import { xsiNamespace } from './received-data.ts';

/** The element `data` of a received message; what `viewData` makes is one. */
export interface ReceivedPart {
  readonly element: XmlElement;
}

/** Prefixes that the envelope around `data` has already. */
const takenPrefixes: readonly string[] = ['soap', 'wsu', 'typ', 'cli'];
const clause = 'XML Schema Part 1, 2.6.1 "xsi:type"';

/** Appends what keeps data from being written, a codec's or received. `dataPath` ends in `/data`. */
export function checkMessageData(
  issues: ValidationIssue[],
  dataPath: string,
  part: DataPart<unknown> | ReceivedPart | undefined,
): void {
  if (part === undefined) return;
  if (!('element' in part)) {
    issues.push(...dataIssues(part, dataPath));
    return;
  }
  const { localName, namespace } = part.element;
  if (localName !== 'data' || namespace !== '') {
    const message = 'received data must be the unqualified element data';
    issues.push({ path: dataPath, rule: 'name', message, clause: 'common v10, type MessageData' });
  }
  const bindings = new Map<string, string>();
  for (const [prefix, bound] of typePrefixes(part.element)) {
    const known = bindings.get(prefix);
    bindings.set(prefix, bound);
    if (takenPrefixes.includes(prefix) || (known !== undefined && known !== bound)) {
      const message = 'the prefix of an xsi:type stands for two namespaces; send such data as text';
      issues.push({ path: dataPath, rule: 'prefix', message, clause });
      return;
    }
  }
}

/**
 * Writes `messageData` with the data in it, empty without a part.
 *
 * Received data is copied canonically, as exclusive C14N renders it. The prefixes of `xsi:type`, which that drops, are
 * declared around it, so that the types in it are not lost on the way.
 */
export function writeMessageData(
  writer: XmlWriter,
  part: DataPart<unknown> | ReceivedPart | undefined,
): void {
  writer.open('messageData');
  if (part === undefined || !('element' in part)) {
    writeDataElement(writer, part);
  } else {
    for (const [prefix, namespace] of typePrefixes(part.element)) writer.declarePrefix(prefix, namespace);
    writer.copy(part.element);
  }
  writer.close();
}

/** Prefix and namespace of each `xsi:type` inside the data and on it that has one. */
function* typePrefixes(data: XmlElement): Generator<readonly [prefix: string, namespace: string]> {
  const waiting: XmlElement[] = [data];
  for (let element = waiting.pop(); element !== undefined; element = waiting.pop()) {
    const type = element.attribute('type', xsiNamespace)?.trim() ?? '';
    const colon = type.indexOf(':');
    const prefix = type.slice(0, Math.max(colon, 0));
    const namespace = prefix === '' ? undefined : element.lookupNamespace(prefix);
    if (namespace !== undefined && namespace !== '') yield [prefix, namespace];
    for (let child = element.first; child !== undefined; child = child.next) waiting.push(child);
  }
}
