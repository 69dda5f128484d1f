import { createHash, randomBytes } from 'node:crypto';

import { createStreebog512, gost34311, streebog256, streebog512 } from '@egov-gateway/gost';

import { sha256 } from './noble-modules.mjs';
import { serve } from './serve.mjs';

const octets = randomBytes(256 * 1024);

serve({
  'Streebog-512': () => streebog512(octets),
  'Streebog-512, in pieces of 4 KiB': () => {
    const digest = createStreebog512();
    for (let at = 0; at < octets.length; at += 4096) digest.update(octets.subarray(at, at + 4096));
    return digest.digest();
  },
  'Streebog-256': () => streebog256(octets),
  'GOST 34.311-95': () => gost34311(octets),
  'SHA-256 of @noble/hashes, JavaScript': () => sha256(octets),
  'SHA-256 of node:crypto, OpenSSL': () => createHash('sha256').update(octets).digest(),
});
