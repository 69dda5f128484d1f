/** Keys as Russian software knows them: the same curves under other OIDs. @see RFC 4491 and RFC 9215 for the OIDs */
const russian = {
  gost2004: ['1.2.643.2.2.19', '1.2.643.2.2.35.1', '1.2.643.2.2.30.1'],
  'gost2015-256': ['1.2.643.7.1.1.1.1', '1.2.643.7.1.2.1.1.1', '1.2.643.7.1.1.2.2'],
  'gost2015-512': ['1.2.643.7.1.1.1.2', '1.2.643.7.1.2.1.2.1', '1.2.643.7.1.1.2.3'],
};

function der(tag, ...parts) {
  const content = Buffer.concat(parts.map((part) => Buffer.from(part)));
  const { length } = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function oid(dotted) {
  const [first, second, ...rest] = dotted.split('.').map(Number);
  const arc = (number) => {
    const octets = [number & 0x7f];
    for (let left = number >> 7; left > 0; left >>= 7) octets.unshift((left & 0x7f) | 0x80);
    return octets;
  };
  return der(0x06, [first * 40 + second, ...rest.flatMap(arc)]);
}

function algorithmIdentifier(algorithm) {
  const [key, curve, hash] = russian[algorithm].map(oid);
  return der(0x30, key, der(0x30, curve, hash));
}

/** SubjectPublicKeyInfo with the point X ‖ Y, little-endian there as here. */
export function russianPublicKey(algorithm, point) {
  return der(0x30, algorithmIdentifier(algorithm), der(0x03, [0], der(0x04, point)));
}

/** PKCS#8 with the private number, little-endian. */
export function russianPrivateKey(algorithm, number) {
  return der(0x30, der(0x02, [0]), algorithmIdentifier(algorithm), der(0x04, der(0x04, number)));
}
