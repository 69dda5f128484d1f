/** The dependencies of `@egov-gateway/gost`, in the versions that it uses. */
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const fromGost = createRequire(fileURLToPath(import.meta.resolve('@egov-gateway/gost')));
const fromCurves = createRequire(fromGost.resolve('@noble/curves/utils.js'));
const load = (require, name) => import(pathToFileURL(require.resolve(name)).href);

export const { weierstrass } = await load(fromGost, '@noble/curves/abstract/weierstrass.js');
export const { invert } = await load(fromGost, '@noble/curves/abstract/modular.js');
export const { createHmacDrbg } = await load(fromGost, '@noble/curves/utils.js');
export const { sha256, sha512 } = await load(fromCurves, '@noble/hashes/sha2.js');
export const { hmac } = await load(fromCurves, '@noble/hashes/hmac.js');
