/**
 * The parts of `requestInfo` and `messageInfo` that both channels share: sender and properties.
 *
 * @module
 */
import type { ValidationIssue, XmlElement, XmlWriter } from '@egov-gateway/core';

import { checkText } from './contract-text.ts';
import { optionalText, readFields, readRepeated, requireField, requireText } from './fields.ts';

/** Who sends: the account that the operator of the gateway gave to an information system. */
export interface SenderInfo {
  readonly senderId: string;
  readonly password?: string | undefined;
}

/** One additional property of a message, agreed with the gateway and the receiver. */
export interface Property {
  /** At most 30 characters. */
  readonly key: string;
  /** At most 500 characters, may be empty. */
  readonly value: string;
}

/** The sender of a received message. Its password is not enumerable and not printed by `util.inspect`. */
export class ReceivedSender implements SenderInfo {
  readonly senderId: string;
  readonly #password: string | undefined;

  constructor(senderId: string, password: string | undefined) {
    this.senderId = senderId;
    this.#password = password;
  }

  /** The password as sent, for the comparison with the registered one. */
  get password(): string | undefined {
    return this.#password;
  }
}

const senderClause = 'common v10, type SenderInfo; Rules No 123, п.53, 2)';
const propertyClause = 'common v10, type Property';
const KEY_MAX_LENGTH = 30;
const VALUE_MAX_LENGTH = 500;

/** Appends what the sender breaks. */
export function checkSender(
  issues: ValidationIssue[],
  path: string,
  sender: SenderInfo,
  isPasswordRequired: boolean,
): void {
  checkText(issues, `${path}/senderId`, sender.senderId, { isRequired: true, clause: senderClause });
  const rule = { isRequired: isPasswordRequired, clause: senderClause };
  checkText(issues, `${path}/password`, sender.password, rule);
}

/** Appends what the properties break. Positions count from 1, as in XPath: `properties[1]/key`. */
export function checkProperties(
  issues: ValidationIssue[],
  path: string,
  properties: readonly Property[],
): void {
  for (const [index, { key, value }] of properties.entries()) {
    const at = `${path}/properties[${index + 1}]`;
    checkText(issues, `${at}/key`, key, {
      isRequired: true,
      maxLength: KEY_MAX_LENGTH,
      clause: propertyClause,
    });
    // An empty value is a value here: a property may be a mere flag.
    if (value === '') continue;
    checkText(issues, `${at}/value`, value, {
      isRequired: true,
      maxLength: VALUE_MAX_LENGTH,
      clause: propertyClause,
    });
  }
}

/** Writes `sender`. */
export function writeSender(writer: XmlWriter, sender: SenderInfo): void {
  writer.open('sender');
  writer.leaf('senderId', sender.senderId);
  if (sender.password !== undefined) writer.leaf('password', sender.password);
  writer.close();
}

/** Writes one `properties` element a property: the element itself repeats, nothing wraps them. */
export function writeProperties(writer: XmlWriter, properties: readonly Property[]): void {
  for (const { key, value } of properties) {
    writer.open('properties');
    writer.leaf('key', key);
    writer.leaf('value', value);
    writer.close();
  }
}

/**
 * Reads `sender` of a message info.
 *
 * @throws {ParseError} `ERR_PARSE_MISSING_ELEMENT`, `ERR_PARSE_DUPLICATE_ELEMENT`, `ERR_PARSE_NOT_TEXT`
 */
export function readSender(sender: XmlElement): ReceivedSender {
  const fields = readFields(sender, ['senderId', 'password']);
  return new ReceivedSender(requireText(fields, 'senderId', sender), optionalText(fields.password));
}

/**
 * Reads the properties of a message info. Lengths are not judged on receive, and an empty element is no property.
 *
 * @throws {ParseError} `ERR_PARSE_MISSING_ELEMENT` when one has no key, `ERR_PARSE_DUPLICATE_ELEMENT`
 */
export function readProperties(info: XmlElement): readonly Property[] {
  return readRepeated(info, 'properties')
    .filter((element) => element.first !== undefined)
    .map((element) => {
      const fields = readFields(element, ['key', 'value']);
      return { key: requireField(fields, 'key', element).text(), value: fields.value?.text() ?? '' };
    });
}
