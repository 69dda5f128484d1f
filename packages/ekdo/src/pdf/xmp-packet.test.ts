import { makeXmpPacket } from '@egov-gateway/testing/pdf';
import { describe, expect, test } from 'vitest';

import { readXmpPacket } from './xmp-packet.ts';

/** The packet of a sample with another end. */
function packetEndingWith(end: string): Uint8Array {
  const text = Buffer.from(makeXmpPacket()).toString('utf8');
  return new Uint8Array(Buffer.from(text.slice(0, text.lastIndexOf('<?xpacket')) + end));
}

describe('readXmpPacket', () => {
  test.each(['<?xpacket end="w"?>', "<?xpacket end='r'?>\n \n"])('knows %j as the end of a packet', (end) => {
    expect(readXmpPacket(packetEndingWith(end))?.isWrapped).toBe(true);
  });

  test.each(['', '<?xpacket end="x"?>', '<?xpacket end?>'])(
    'reads a packet that ends with %j, and tells',
    (end) => {
      expect(readXmpPacket(packetEndingWith(end))?.isWrapped).toBe(false);
    },
  );
});
