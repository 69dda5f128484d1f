import { decodeBase64 } from '@egov-gateway/xml';
import * as z from 'zod';

import { LazyBinary } from './lazy-binary.ts';
import { absent, invalid, leafCodecs } from './leaf-codec.ts';

// Without `abort` the rules of the object around it still run, so that all issues come at once.
const ruleOfType = { abort: false, params: { rule: 'type' } };

/**
 * Schema of an `xs:base64Binary` field as octets, decoded with the message.
 *
 * For documents of more than some kilobytes {@link lazyBinary} is cheaper.
 */
export function binary(): z.ZodCustom<Uint8Array, Uint8Array> {
  const schema = z.custom<Uint8Array>((value) => value instanceof Uint8Array, ruleOfType);
  leafCodecs.add(schema, {
    kind: 'octets (Uint8Array)',
    isText: false,
    write(writer, name, value) {
      writer.open(name);
      writer.base64(value as Uint8Array);
      writer.close();
    },
    read(element) {
      const bytes = decodeBase64(element.text());
      return bytes === undefined ? invalid : bytes.length === 0 ? absent : bytes;
    },
  });
  return schema;
}

/**
 * Schema of an `xs:base64Binary` field that is decoded when its {@link LazyBinary.bytes} is called, and checked then.
 * Takes octets too.
 */
export function lazyBinary(): z.ZodCustom<LazyBinary, LazyBinary | Uint8Array> {
  const schema = z.custom<LazyBinary>(
    (value) => value instanceof LazyBinary || value instanceof Uint8Array,
    ruleOfType,
  ) as z.ZodCustom<unknown> as z.ZodCustom<LazyBinary, LazyBinary | Uint8Array>;
  leafCodecs.add(schema, {
    kind: 'octets (LazyBinary or Uint8Array)',
    isText: false,
    write(writer, name, value) {
      writer.open(name);
      writer.base64(value instanceof LazyBinary ? value.bytes() : (value as Uint8Array));
      writer.close();
    },
    read(element) {
      const text = element.text();
      return text === '' ? absent : LazyBinary.received(text, element.path);
    },
  });
  return schema;
}
