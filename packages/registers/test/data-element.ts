import type { DataCodec, XmlElement } from '@egov-gateway/core';
import { createXmlWriter, parseXml } from '@egov-gateway/xml';

/** The root of XML, without the white space that only makes it readable. */
export function rootOf(xml: string | Uint8Array): XmlElement {
  const text = typeof xml === 'string' ? xml : new TextDecoder().decode(xml);
  return parseXml(new TextEncoder().encode(text.replace(/>\s+</g, '><').trim())).root;
}

/** The element `data` with a value in it, as text. */
export function written<Value>(codec: Pick<DataCodec<Value>, 'write'>, value: Value): string {
  const writer = createXmlWriter();
  writer.open('data');
  codec.write(value, writer);
  writer.close();
  return new TextDecoder().decode(writer.finish().bytes);
}

/** Paths and rules of what is wrong with a value. */
export function issuesOf<Value>(codec: Pick<DataCodec<Value>, 'validate'>, value: unknown): string[] {
  return codec.validate(value as Value).map(({ path, rule }) => `${path} ${rule}`);
}

/** A deep copy with one field replaced, or left out. */
export function changed<Value>(value: Value, path: string, field: unknown): Value {
  const copy = structuredClone(value);
  const keys = path.split('/');
  let at = copy as Record<string, unknown>;
  for (const key of keys.slice(0, -1)) at = at[key] as Record<string, unknown>;
  const last = keys.at(-1) as string;
  if (field === undefined) delete at[last];
  else at[last] = field;
  return copy;
}
