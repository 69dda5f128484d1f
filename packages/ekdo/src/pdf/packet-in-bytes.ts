import { readXmpPacket, type XmpPacket } from './xmp-packet.ts';

/** Packets that are tried: the newest of the document stands last, pictures may have their own. */
const maxPackets = 8;
const maxPacketBytes = 1024 * 1024;

/**
 * The last XMP packet of a file whose objects cannot be read, found by its marks. It may be an outdated one: good
 * enough to say what the file seems to be, not to let it pass.
 *
 * @see XMP Specification (2004), "XMP Packet Wrapper"
 */
export function packetInBytes(
  bytes: Uint8Array,
  isWanted: (packet: XmpPacket) => boolean,
): XmpPacket | undefined {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let until = whole.length;
  for (let tries = 0; tries < maxPackets && until > 0; tries++) {
    const from = whole.lastIndexOf('<?xpacket begin=', until - 1);
    if (from < 0) return undefined;
    const scope = whole.subarray(from, Math.min(until, from + maxPacketBytes));
    const end = scope.indexOf('<?xpacket end=');
    const packet = end < 0 ? undefined : readXmpPacket(scope.subarray(0, end));
    if (packet !== undefined && isWanted(packet)) return packet;
    until = from;
  }
  return undefined;
}
