import { type DataCodec, ParseError, type XmlElement } from '@egov-gateway/core';

/**
 * The value that a codec reads, or the one it has for absent data.
 *
 * @param path - where `data` would have been
 * @throws {ParseError} of the codec; `ERR_PARSE_MISSING_ELEMENT` when there is no data and the codec has no value for that
 * @internal
 */
export function readData<Value>(
  codec: Pick<DataCodec<Value>, 'read' | 'readAbsent'>,
  data: XmlElement | undefined,
  path: string,
): Value {
  if (data !== undefined) return codec.read(data);
  if (codec.readAbsent !== undefined) return codec.readAbsent();
  throw new ParseError('expected data, found none', { code: 'ERR_PARSE_MISSING_ELEMENT', path });
}
