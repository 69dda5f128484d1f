import { assertSignatureKinds } from '../signature/signature-kind.ts';
import type { EkdoClientOptions } from './client-options.ts';

/** Every option of an `EkdoClient`. @internal */
export const clientOptionNames: readonly (keyof EkdoClientOptions)[] = [
  'baseUrl',
  'credentials',
  'routes',
  'codecs',
  'transport',
  'signDetached',
  'signatureKinds',
  'pdf',
  'allowInsecureHttp',
  'totalTimeoutMs',
  'maxAnswerBytes',
  'clock',
  'timers',
  'onStep',
];

const ask = 'ask the support of the portal';

/**
 * Everything is there that has no default.
 *
 * @throws {TypeError} with what to ask for
 * @internal
 */
export function assertParts(options: EkdoClientOptions): void {
  const { credentials, routes, codecs, transport, signDetached, signatureKinds } = options;
  for (const name of ['login', 'password'] as const) {
    if (typeof credentials?.[name] !== 'string' || credentials[name] === '') {
      throw new TypeError(`credentials.${name} is missing: ${ask} for login, password and user identifier`);
    }
  }
  if (credentials.userId !== undefined && typeof credentials.userId !== 'string') {
    throw new TypeError('credentials.userId must be text');
  }
  assertText(
    routes?.token,
    `routes.token is missing: ${ask} where the identification token is got, and by what request`,
  );
  assertText(routes.documents, "routes.documents is missing: '/docs' is the path that the description names");
  assertFunction(
    routes.signature,
    `routes.signature is missing: ${ask} where the signature of a document is uploaded`,
  );
  if (routes.status !== undefined)
    assertFunction(routes.status, 'routes.status must be a function of the id');
  const { token, document, signature } = codecs ?? {};
  for (const [method, name, question] of [
    [token?.write, 'token.write', 'for the request of a token'],
    [token?.read, 'token.read', 'for the answer with a token, and how long it lives'],
    [document?.write, 'document.write', 'how a document is uploaded: the form of the body, its fields'],
    [document?.read, 'document.read', 'where the id stands in the answer to a document'],
    [signature?.write, 'signature.write', 'how a signature, its type and the open key are uploaded'],
  ] as const) {
    assertFunction(method, `codecs.${name} is missing: ${ask} ${question}`);
  }
  assertFunction(codecs.authorize, `codecs.authorize is missing: ${ask} in which header the token goes`);
  if (codecs.status !== undefined)
    assertFunction(codecs.status.read, 'codecs.status.read must be a function');
  if (signatureKinds !== undefined) assertSignatureKinds('signatureKinds', signatureKinds);
  assertFunction(transport?.exchange, 'transport is missing: createTransport() of @egov-gateway/client');
  assertFunction(
    signDetached,
    'signDetached is missing: documents are signed outside, this package has no key and makes no signature',
  );
}

function assertText(value: unknown, message: string): void {
  if (typeof value !== 'string' || value === '') throw new TypeError(message);
}

function assertFunction(value: unknown, message: string): void {
  if (typeof value !== 'function') throw new TypeError(message);
}
