/**
 * Guesses. Nobody has published what they stand for; they have met no portal but the emulator of this project.
 *
 * @module
 */
import {
  bearerToken,
  jsonDocument,
  jsonSignature,
  jsonStatus,
  jsonToken,
  multipartDocument,
  multipartSignature,
} from './codec-blocks.ts';
import type { EkdoCodecs, EkdoRoutes } from './portal-codec.ts';

/** Guessed routes (grade C), but for `/docs` (grade A). */
export const unverifiedRoutes: EkdoRoutes = {
  token: '/token',
  documents: '/docs',
  signature: (id) => `/docs/${id}/signature`,
  status: (id) => `/docs/${id}`,
};

const document = { file: 'file', fileName: 'fileName', group: 'group', id: 'id' } as const;
const signature = {
  signature: 'signature',
  kind: 'type',
  certificate: 'certificate',
  status: 'status',
} as const;

const common = {
  token: jsonToken({
    login: 'login',
    password: 'password',
    userId: 'userId',
    token: 'token',
    expiresInSeconds: 'expiresIn',
  }),
  authorize: bearerToken,
  status: jsonStatus({ status: 'status' }),
} as const;

/** Guessed bodies: a JSON token, Bearer, documents and signatures as forms (grade C, every name of it). */
export const unverifiedMultipartCodecs: EkdoCodecs = {
  ...common,
  document: multipartDocument(document),
  signature: multipartSignature(signature),
};

/** Guessed bodies: everything in JSON, files as Base64 (grade C, every name of it). */
export const unverifiedJsonCodecs: EkdoCodecs = {
  ...common,
  document: jsonDocument(document),
  signature: jsonSignature(signature),
};
