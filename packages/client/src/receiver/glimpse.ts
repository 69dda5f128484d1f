import { markReceived, type UnverifiedBody } from '@egov-gateway/core';
import { elementView, parseXml } from '@egov-gateway/xml';

/**
 * The Body of an envelope that is refused, so that the refusal can speak of its operation. Nobody vouches for it.
 *
 * @throws {XmlError} when the bytes are not acceptable XML
 * @internal
 */
export function glimpse(envelope: Uint8Array): UnverifiedBody | undefined {
  const { root } = parseXml(envelope);
  const body = root.child('Body', root.namespace);
  if (body === undefined) return undefined;
  return markReceived({ verified: false, body: elementView(body) } as unknown as UnverifiedBody);
}
