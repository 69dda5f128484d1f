/**
 * Codecs by the names of their fields: for whoever was told the names, and for the guesses of `unverified…`.
 *
 * @module
 */
import { PortalError } from '@egov-gateway/core';

import type { DetachedSignature } from '../signature/detached-signature.ts';
import { signatureKinds } from '../signature/signature-kind.ts';
import { idOf, type JsonObject, readJsonReply, textOf } from './json-reply.ts';
import { type MultipartPart, multipartBody } from './multipart-body.ts';
import type {
  DocumentCodec,
  EkdoAccount,
  EkdoDocument,
  PortalBody,
  PortalToken,
  SignatureCodec,
  StatusCodec,
  TokenCodec,
} from './portal-codec.ts';

/** A JSON body. Members that are `undefined` are left out. */
export function jsonBody(value: Readonly<Record<string, unknown>>): PortalBody {
  return {
    headers: { 'content-type': 'application/json; charset=utf-8', accept: 'application/json' },
    bytes: Buffer.from(JSON.stringify(value)),
  };
}

/** Names of the members of a JSON token. A name that is left out is not sent or read. */
export interface TokenFields {
  readonly login: string;
  readonly password: string;
  readonly userId?: string | undefined;
  readonly token: string;
  /** Member of the answer with the life of the token in seconds. */
  readonly expiresInSeconds?: string | undefined;
}

/** A token for a JSON of login and password. */
export function jsonToken(fields: TokenFields): TokenCodec {
  return {
    write: ({ login, password, userId }) =>
      jsonBody({
        [fields.login]: login,
        [fields.password]: password,
        ...(fields.userId === undefined ? {} : { [fields.userId]: userId }),
      }),
    read(reply): PortalToken {
      const object = readJsonReply(reply);
      const token = textOf(object, fields.token);
      const seconds = lifeOf(object, fields.expiresInSeconds);
      return { token, expiresInMs: seconds === undefined ? undefined : seconds * 1000 };
    },
  };
}

/** Names of the fields of a document. A name that is left out is not sent. */
export interface DocumentFields {
  /** The PDF: a file of a form, Base64 in JSON. */
  readonly file: string;
  readonly fileName?: string | undefined;
  readonly group?: string | undefined;
  readonly userId?: string | undefined;
  /** Member of the answer with the id. */
  readonly id: string;
}

/** A document as a form with a file. */
export function multipartDocument(fields: DocumentFields): DocumentCodec {
  return {
    write: (document, account) =>
      withAccept(
        multipartBody([
          ...Object.entries(textsOf(document, fields, account)).map(([name, value]) => ({ name, value })),
          {
            name: fields.file,
            fileName: document.fileName,
            contentType: 'application/pdf',
            bytes: document.bytes,
          },
        ]),
      ),
    read: (reply) => idOf(readJsonReply(reply), fields.id),
  };
}

/** A document as Base64 in JSON. */
export function jsonDocument(fields: DocumentFields): DocumentCodec {
  return {
    write: (document, account) =>
      jsonBody({ ...textsOf(document, fields, account), [fields.file]: base64(document.bytes) }),
    read: (reply) => idOf(readJsonReply(reply), fields.id),
  };
}

/** Names of the fields of a signature. A name that is left out is not sent. */
export interface SignatureFields {
  /** The CMS. */
  readonly signature: string;
  /** The type of the signature. */
  readonly kind: string;
  /** How the portal calls the types. Default: ПЭП, УНЭП, УКЭП as they are. */
  readonly kinds?: Readonly<Record<DetachedSignature['kind'], string>> | undefined;
  /** The certificate, which holds the open key. */
  readonly certificate?: string | undefined;
  /** Member of the answer with the status of the document. */
  readonly status?: string | undefined;
}

/** A signature as a form with files. */
export function multipartSignature(fields: SignatureFields): SignatureCodec {
  return {
    write(signature, { fileName }) {
      const parts: MultipartPart[] = [
        { name: fields.kind, value: kindOf(signature, fields) },
        { name: fields.signature, fileName: `${fileName}.sig`, bytes: signature.cms },
      ];
      if (fields.certificate !== undefined) {
        parts.push({ name: fields.certificate, fileName: `${fileName}.cer`, bytes: signature.certificate });
      }
      return withAccept(multipartBody(parts));
    },
    ...statusReader(fields.status),
  };
}

/** A signature as Base64 in JSON. */
export function jsonSignature(fields: SignatureFields): SignatureCodec {
  return {
    write: (signature) =>
      jsonBody({
        [fields.kind]: kindOf(signature, fields),
        [fields.signature]: base64(signature.cms),
        ...(fields.certificate === undefined ? {} : { [fields.certificate]: base64(signature.certificate) }),
      }),
    ...statusReader(fields.status),
  };
}

/** A status in a member of a JSON answer. */
export function jsonStatus(fields: { readonly status: string }): StatusCodec {
  return { read: (reply) => textOf(readJsonReply(reply), fields.status) };
}

/** The header `authorization` with the scheme Bearer. @see RFC 6750, section 2.1 */
export function bearerToken(token: string): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${token}` };
}

function textsOf(
  document: EkdoDocument,
  fields: DocumentFields,
  account: EkdoAccount,
): Readonly<Record<string, string>> {
  for (const name of Object.keys(document.fields ?? {})) {
    if (![fields.file, fields.fileName, fields.group, fields.userId].includes(name)) continue;
    throw new TypeError(`fields of a document has ${JSON.stringify(name)}, which the codec writes itself`);
  }
  const named = [
    [fields.fileName, document.fileName],
    [fields.group, document.group],
    [fields.userId, account.userId],
    ...Object.entries(document.fields ?? {}),
  ] as const;
  return Object.fromEntries(
    named.flatMap(([name, value]) => (name === undefined || value === undefined ? [] : [[name, value]])),
  );
}

function kindOf({ kind }: DetachedSignature, { kinds }: SignatureFields): string {
  return kinds?.[kind] ?? signatureKinds[kind].term;
}

function statusReader(name: string | undefined): Pick<SignatureCodec, 'read'> {
  if (name === undefined) return {};
  return {
    read(reply) {
      if (reply.bytes.byteLength === 0) return undefined;
      const object = readJsonReply(reply);
      return Object.hasOwn(object, name) ? textOf(object, name) : undefined;
    },
  };
}

function lifeOf(object: JsonObject, name: string | undefined): number | undefined {
  if (name === undefined || !Object.hasOwn(object, name)) return undefined;
  const seconds = object[name];
  if (typeof seconds === 'number' && Number.isFinite(seconds) && seconds > 0) return seconds;
  throw new PortalError('the answer tells a life of the token that is no positive number of seconds', {
    code: 'ERR_PORTAL_ANSWER',
    delivery: 'unknown',
  });
}

function withAccept(body: PortalBody): PortalBody {
  return { ...body, headers: { ...body.headers, accept: 'application/json' } };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
