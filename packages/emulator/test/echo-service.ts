import type { DataCodec, Service } from '@egov-gateway/core';
import { ParseError } from '@egov-gateway/core';

/** One text in one element. Refuses data without it, and texts longer than 100 characters. */
const echoCodec: DataCodec<string> = {
  validate: (value) =>
    value.length > 100
      ? [{ path: '/text', rule: 'max-length', message: 'must have at most 100 characters' }]
      : [],
  write: (value, writer) => writer.leaf('text', value),
  read: (data) => {
    if (data.first?.localName === 'text') return data.first.text();
    throw new ParseError('expected text', { code: 'ERR_PARSE_MISSING_ELEMENT', path: `${data.path}/text` });
  },
};

/** For tests of the pipeline. */
export const echo: Service<string, string> = {
  id: 'ECHO',
  request: echoCodec,
  response: echoCodec,
  successCodes: ['SCSS001', 'SUCCESS'],
};
