/** The options of a message whose data is a ready XML document. */
import type { DataCodec, XmlElement } from '@egov-gateway/core';
import { presignedPayload } from '@egov-gateway/payload';

import type { CommandOptions } from './command.ts';
import { choiceOption, listOption, type OptionValues, textOption } from './option-values.ts';
import { UsageError } from './usage-error.ts';

/** The options. */
export const documentOptions: CommandOptions = {
  data: { type: 'string' },
  'data-style': { type: 'string' },
  'route-id': { type: 'string' },
  'correlation-id': { type: 'string' },
  'message-id': { type: 'string' },
  property: { type: 'string', multiple: true },
};

/** What stands around the document. */
export interface DocumentPlace {
  readonly routeId?: string;
  readonly correlationId?: string;
  readonly messageId?: string;
  readonly properties: readonly { readonly key: string; readonly value: string }[];
}

/** A codec of documents: a `DataCodec` of what is written as well as of the text that is read. */
export type DocumentCodec = Pick<DataCodec<string | Uint8Array>, 'validate' | 'write'> & {
  read(data: XmlElement): string;
};

/** Writes the document as `--data-style` says; reads the element `data` as canonical XML. */
export function documentCodec(values: OptionValues): DocumentCodec {
  const style = choiceOption(values, 'data-style', ['element', 'text']) ?? 'element';
  const payload = presignedPayload({ style });
  return {
    validate: (document) => payload.validate(document),
    write: (document, writer) => payload.write(document, writer),
    read: (data) => data.toXml(),
  };
}

/** Reads the other options. */
export function readDocumentPlace(values: OptionValues): DocumentPlace {
  const routeId = textOption(values, 'route-id');
  const correlationId = textOption(values, 'correlation-id');
  const messageId = textOption(values, 'message-id');
  return {
    properties: listOption(values, 'property').map(readProperty),
    ...(routeId === undefined ? {} : { routeId }),
    ...(correlationId === undefined ? {} : { correlationId }),
    ...(messageId === undefined ? {} : { messageId }),
  };
}

function readProperty(text: string): { key: string; value: string } {
  const at = text.indexOf('=');
  if (at < 1) throw new UsageError('--property is KEY=VALUE');
  return { key: text.slice(0, at), value: text.slice(at + 1) };
}
