/**
 * Elements that one service's own WSDL adds to the info of a message, each behind the place of a field.
 *
 * @module
 */
import type { ValidationIssue, XmlWriter } from '@egov-gateway/core';

import { checkExtraElement, type ExtraElement, localNameOf, writeExtraElement } from './extra-element.ts';
import type { SyncRequestInfoField } from './sync/request.ts';

/** An element beyond the contract, such as `userId` behind `messageDate`. */
export interface InfoExtension<Field extends string = SyncRequestInfoField> extends ExtraElement {
  /** The field whose place it follows, whether or not that field is sent. */
  readonly after: Field;
}

/** Appends what the extensions break. `fields` are those of the contract, in the order of the XSD. */
export function checkExtensions<Field extends string>(
  issues: ValidationIssue[],
  infoPath: string,
  extensions: readonly InfoExtension<Field>[],
  { fields, clause }: { readonly fields: readonly Field[]; readonly clause: string },
): void {
  for (const extension of extensions) {
    const localName = localNameOf(extension.name);
    const path = `${infoPath}/${localName}`;
    checkExtraElement(issues, path, extension, clause);
    // Receivers find fields by local name, so a namespace does not make one of these a different element.
    if (fields.some((field) => field === localName)) {
      issues.push({ path, rule: 'reserved', message: 'is a field of the contract; set it there', clause });
    }
    if (!fields.includes(extension.after)) {
      const message = `its place must be after one of ${fields.join(', ')}`;
      issues.push({ path, rule: 'position', message, clause });
    }
  }
}

/** Writes the extensions that stand behind the place of a field. */
export function writeExtensions<Field extends string>(
  writer: XmlWriter,
  extensions: readonly InfoExtension<Field>[],
  after: Field,
): void {
  for (const extension of extensions) {
    if (extension.after === after) writeExtraElement(writer, extension);
  }
}
