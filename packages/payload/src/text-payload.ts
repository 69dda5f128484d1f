import { type DataCodec, ParseError, type ValidationIssue } from '@egov-gateway/core';

import { writeDataType } from './data-style.ts';
import { hasOnlyXmlCharacters } from './xml-characters.ts';

/** How {@link textPayload} treats its text. */
export interface TextPayloadOptions {
  /** Whether `data` says `xsi:type="xs:string"`. Default: true. */
  readonly typed?: boolean;
  /** Unicode characters, inclusive. Default: no limit of its own. */
  readonly maxLength?: number;
  /** Whether an empty text may be sent and received. Default: true. */
  readonly allowEmpty?: boolean;
}

/**
 * A payload that is one text, `xs:string`. What is in it is between the two systems; on receive escaped characters
 * and CDATA have become the characters themselves.
 *
 * @throws {TypeError} when `maxLength` is not positive
 */
export function textPayload(options: TextPayloadOptions = {}): DataCodec<string> {
  const { typed = true, maxLength = Number.POSITIVE_INFINITY, allowEmpty = true } = options;
  if (!(maxLength > 0)) throw new TypeError('maxLength must be a positive number of characters');
  const breach = (text: unknown): Omit<ValidationIssue, 'path'> | undefined => {
    if (typeof text !== 'string') return { rule: 'type', message: 'must be text' };
    if (text === '' && !allowEmpty) return { rule: 'required', message: 'must not be empty' };
    if (text.length > maxLength && [...text].length > maxLength) {
      return { rule: 'max-length', message: `must have at most ${maxLength} characters` };
    }
    if (hasOnlyXmlCharacters(text)) return undefined;
    const message =
      'has a character that XML 1.0 does not allow; remove control characters and lone surrogates';
    return { rule: 'xml-characters', message };
  };
  return {
    validate(value) {
      const broken = breach(value);
      return broken === undefined ? [] : [{ path: '', ...broken }];
    },
    write(value, writer) {
      writeDataType({ style: 'text', typed }, writer);
      writer.text(value);
    },
    read(data) {
      const text = data.text();
      const broken = breach(text);
      if (broken === undefined) return text;
      throw new ParseError(`${broken.message} (rule ${broken.rule})`, {
        code: 'ERR_PARSE_VALUE',
        path: data.path,
      });
    },
  };
}
