/** The file that describes the portal: what its support has told, by the names that it has told. */
import {
  bearerToken,
  createGroupMap,
  type EkdoCodecs,
  type EkdoRoutes,
  type GroupMap,
  jsonDocument,
  jsonSignature,
  jsonStatus,
  jsonToken,
  multipartDocument,
  multipartSignature,
  signatureKindOf,
  unverifiedJsonCodecs,
  unverifiedMultipartCodecs,
  unverifiedRoutes,
} from '@egov-gateway/ekdo';
import * as z from 'zod';

import type { CommandContext } from '../command.ts';
import { UsageError } from '../usage-error.ts';

const name = z.string().min(1);
const route = z.string().regex(/^\//, 'a path begins with /');
const routeOfId = route.refine((path) => path.split('{id}').length === 2, 'the path has {id} in it, once');
const body = z.enum(['multipart', 'json']);
const kinds = z.strictObject({ pep: name, unep: name, ukep: name });
const kind = z
  .string()
  .transform((word) => signatureKindOf(word))
  .refine((one) => one !== undefined, 'pep, unep or ukep');

const schema = z.strictObject({
  baseUrl: z.url({ protocol: /^https?$/ }).optional(),
  routes: z
    .strictObject({
      token: route.optional(),
      documents: route.optional(),
      signature: routeOfId.optional(),
      status: routeOfId.optional(),
    })
    .optional(),
  codecs: z
    .strictObject({
      token: z
        .strictObject({
          login: name,
          password: name,
          userId: name.optional(),
          token: name,
          expiresInSeconds: name.optional(),
        })
        .optional(),
      authorization: z
        .union([
          z.literal('bearer'),
          z.strictObject({ header: z.string().regex(/^[a-z][a-z0-9-]*$/), scheme: name.optional() }),
        ])
        .optional(),
      document: z
        .strictObject({
          body,
          file: name,
          fileName: name.optional(),
          group: name.optional(),
          userId: name.optional(),
          id: name,
        })
        .optional(),
      signature: z
        .strictObject({
          body,
          signature: name,
          kind: name,
          kinds: kinds.optional(),
          certificate: name.optional(),
          status: name.optional(),
        })
        .optional(),
      status: z.strictObject({ status: name }).optional(),
    })
    .optional(),
  subtypes: z
    .record(name, z.strictObject({ group: name, signatures: z.array(kind).min(1).optional() }))
    .optional(),
});

type PortalFile = z.infer<typeof schema>;
type CodecNames = NonNullable<PortalFile['codecs']>;

/** The guesses that may be asked for by name. */
export const presetNames: readonly ['multipart', 'json'] = ['multipart', 'json'];
export type PresetName = (typeof presetNames)[number];

/** What the file says. */
export interface PortalConfig {
  readonly baseUrl: string | undefined;
  readonly routes: EkdoRoutes | undefined;
  readonly codecs: EkdoCodecs | undefined;
  /** Group and kinds of signature of each subtype of documents; `undefined` when the file names none. */
  readonly subtypes: GroupMap | undefined;
  /** What is missing before anything can be sent, in words. */
  readonly missing: readonly string[];
}

/**
 * Reads the file. What it does not say comes from the guesses, when they were asked for.
 *
 * @throws {UsageError} with every problem of the file
 */
export async function readPortalConfig(
  path: string | undefined,
  preset: PresetName | undefined,
  context: CommandContext,
): Promise<PortalConfig> {
  const file = path === undefined ? {} : await readPortalFile(path, context);
  const guessed = preset === undefined ? undefined : guesses[preset];
  const routes = { ...(guessed && unverifiedRoutes), ...routesOf(file) };
  const codecs = { ...guessed, ...codecsOf(file.codecs ?? {}) };
  const missing = [
    ...needed('routes', routes, ['token', 'documents', 'signature']),
    ...needed('codecs', codecs, ['token', 'authorize', 'document', 'signature']),
  ];
  return {
    baseUrl: file.baseUrl,
    routes: isComplete<EkdoRoutes>(routes, ['token', 'documents', 'signature']) ? routes : undefined,
    codecs: isComplete<EkdoCodecs>(codecs, ['token', 'authorize', 'document', 'signature'])
      ? codecs
      : undefined,
    subtypes: path === undefined ? undefined : groupMapOf(path, file),
    missing,
  };
}

const guesses: Readonly<Record<PresetName, EkdoCodecs>> = {
  multipart: unverifiedMultipartCodecs,
  json: unverifiedJsonCodecs,
};

async function readPortalFile(path: string, context: CommandContext): Promise<PortalFile> {
  const text = new TextDecoder().decode(await context.console.read(path));
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new UsageError(`${path} is not JSON`, { cause });
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    ({ path: at, message }) => `${at.join('.') || 'file'}: ${message}`,
  );
  throw new UsageError(`${path}: ${problems.join('; ')}`);
}

function groupMapOf(path: string, { subtypes }: PortalFile): GroupMap | undefined {
  if (subtypes === undefined) return undefined;
  const rules = Object.entries(subtypes).map(([subtype, { group, signatures }]) => {
    const kinds = signatures?.filter((one) => one !== undefined);
    return [subtype, { group, ...(kinds === undefined ? {} : { signatures: kinds }) }] as const;
  });
  try {
    return createGroupMap({ subtypes: Object.fromEntries(rules) });
  } catch (cause) {
    if (cause instanceof TypeError) throw new UsageError(`${path}: subtypes: ${cause.message}`, { cause });
    throw cause;
  }
}

function routesOf({ routes = {} }: PortalFile): Partial<EkdoRoutes> {
  const { token, documents, signature, status } = routes;
  return {
    ...(token === undefined ? {} : { token }),
    ...(documents === undefined ? {} : { documents }),
    ...(signature === undefined ? {} : { signature: withId(signature) }),
    ...(status === undefined ? {} : { status: withId(status) }),
  };
}

/** The id is encoded by the client. */
function withId(path: string): (id: string) => string {
  return (id) => path.replace('{id}', () => id);
}

function codecsOf({ token, authorization, document, signature, status }: CodecNames): Partial<EkdoCodecs> {
  return {
    ...(token === undefined ? {} : { token: jsonToken(token) }),
    ...(authorization === undefined ? {} : { authorize: authorizationOf(authorization) }),
    ...(document === undefined
      ? {}
      : { document: document.body === 'json' ? jsonDocument(document) : multipartDocument(document) }),
    ...(signature === undefined
      ? {}
      : { signature: signature.body === 'json' ? jsonSignature(signature) : multipartSignature(signature) }),
    ...(status === undefined ? {} : { status: jsonStatus(status) }),
  };
}

function authorizationOf(given: NonNullable<CodecNames['authorization']>): EkdoCodecs['authorize'] {
  if (given === 'bearer') return bearerToken;
  const { header, scheme } = given;
  return (token) => ({ [header]: scheme === undefined ? token : `${scheme} ${token}` });
}

function needed(part: string, given: object, names: readonly string[]): string[] {
  return names.filter((one) => !Object.hasOwn(given, one)).map((one) => `${part}.${shown[one] ?? one}`);
}

/** What a part is called in the file. */
const shown: Readonly<Record<string, string>> = { authorize: 'authorization' };

function isComplete<Part extends object>(
  given: Partial<Part>,
  names: readonly (keyof Part)[],
): given is Part {
  return names.every((one) => given[one] !== undefined);
}
