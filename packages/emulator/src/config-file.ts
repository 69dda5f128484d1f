/**
 * Options of an emulator from a JSON file, for `egw emulator --config` and for programs in other languages.
 *
 * @module
 */
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';

import type { Certificate } from '@egov-gateway/core';
import { loadPem, parseCertificates } from '@egov-gateway/keys';

import type { CannedService } from './canned/canned-service.ts';
import { type Fields, fieldsOf, listOf, type Shape, shapeOf } from './config-shape.ts';
import type { EmulatorOptions, ResponseSigningOptions } from './options.ts';
import type { SystemRegistration } from './registry.ts';

const status: Shape = { code: 'string', message: 'string' };
const system: Shape = {
  senderId: 'string',
  password: 'string',
  certificates: 'strings',
  bin: 'string',
  iin: 'string',
  services: 'strings',
};
const service: Shape = { id: 'string', file: 'string', xml: 'string', text: 'string', status };
const endpoint: Shape = { path: 'string', acceptUnsigned: 'boolean', signAnswers: 'boolean' };
const responseSigning: Shape = {
  privateKey: 'string',
  certificate: 'string',
  keyInfo: ['key-identifier', 'binary-security-token', 'x509-data', 'issuer-serial'],
  signFaults: 'boolean',
};
const scenario: Shape = {
  name: 'string',
  times: 'number',
  serviceId: 'string',
  delayMs: 'number',
  chunkBytes: 'number',
  intervalMs: 'number',
  answerBytes: 'number',
};
const config: Shape = {
  systems: listOf(system),
  services: listOf(service),
  endpoints: listOf(endpoint),
  misbehave: listOf(scenario),
  responseSigning,
  roots: 'strings',
  checks: 'strings',
  xsd: ['strict', 'lenient'],
  requestInfoExtensions: 'strings',
  acceptSoap12: 'boolean',
  responseMessageId: ['new', 'echo'],
  faultCodeStyle: ['soap', 'error-code'],
  utcOffset: 'string',
  secondHop: 'boolean',
  acceptWithinMs: 'number',
  answerWithinMs: 'number',
  maxRequestBytes: 'number',
  maxExchanges: 'number',
  maxExchangeBytes: 'number',
};

/**
 * Reads the options of an emulator from a JSON file. The names are those of {@link EmulatorOptions}; certificates,
 * keys and answers are paths, relative to the file.
 *
 * @throws {TypeError} when the file is no JSON, has an unknown name, or a value of the wrong kind; names the place
 * @throws {KeyError} when a certificate or key cannot be used
 * @throws {Error} of `node:fs` when a file cannot be read
 * @example
 * const emulator = await createEmulator(await loadEmulatorConfig('emulator.json'));
 */
export async function loadEmulatorConfig(file: string | URL): Promise<EmulatorOptions> {
  const base = typeof file === 'string' ? pathToFileURL(file) : file;
  const fields = shapeOf(parseJson(await readFile(base, 'utf8')), config, '');
  const { systems, services, responseSigning: signing, roots, ...rest } = fields;
  const at = (path: unknown): URL => new URL(encodePath(String(path)), base);
  const certificates = async (paths: unknown): Promise<Certificate[]> =>
    (
      await Promise.all((paths as string[]).map(async (path) => parseCertificates(await readFile(at(path)))))
    ).flat();

  // The shape has been checked above, so what is left of it are options.
  return {
    ...(rest as EmulatorOptions),
    ...(systems === undefined ? {} : { systems: await all(systems, (one) => readSystem(one, certificates)) }),
    ...(services === undefined ? {} : { services: await all(services, async (one) => readService(one, at)) }),
    ...(roots === undefined ? {} : { roots: await certificates(roots) }),
    ...(signing === undefined ? {} : { responseSigning: await readSigning(fieldsOf(signing), at) }),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new TypeError('the configuration must be JSON', { cause });
  }
}

/** A path with spaces or a percent sign is a path, not a URL. */
function encodePath(path: string): string {
  return path.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
}

function all<Value>(list: unknown, read: (one: Fields) => Promise<Value>): Promise<Value[]> {
  return Promise.all((list as Fields[]).map(read));
}

async function readSystem(
  { certificates: paths, ...rest }: Fields,
  certificates: (paths: unknown) => Promise<Certificate[]>,
): Promise<SystemRegistration> {
  const registration = rest as unknown as SystemRegistration;
  return paths === undefined ? registration : { ...registration, certificates: await certificates(paths) };
}

function readService({ file, ...rest }: Fields, at: (path: unknown) => URL): CannedService {
  const canned = rest as unknown as CannedService;
  return file === undefined ? canned : { ...canned, file: at(file) };
}

async function readSigning(
  { privateKey, certificate, ...rest }: Fields,
  at: (path: unknown) => URL,
): Promise<ResponseSigningOptions> {
  const options = rest as ResponseSigningOptions;
  if (privateKey === undefined && certificate === undefined) return options;
  if (privateKey === undefined || certificate === undefined) {
    throw new TypeError('responseSigning: privateKey and certificate belong together');
  }
  return { ...options, key: await loadPem({ privateKey: at(privateKey), certificate: at(certificate) }) };
}
