/**
 * The options that may come from a variable or from the configuration file too. Declared here, apart from what reads
 * them, so that a command loads only what it uses.
 *
 * @module
 */
import type { CommandOptions } from './command.ts';

/** The options that describe the key. */
export const signingKeyOptions: CommandOptions = {
  key: { type: 'string' },
  'password-file': { type: 'string' },
  certificate: { type: 'string' },
  alias: { type: 'string' },
  purpose: { type: 'string' },
  'allow-unproven-signing': { type: 'boolean' },
};

/** The options that describe whom to trust. */
export const trustOptions: CommandOptions = {
  trust: { type: 'string', multiple: true },
  'expect-iin': { type: 'string' },
  'expect-bin': { type: 'string' },
  'any-signer': { type: 'boolean' },
};

/** How a gateway is reached, whatever its address. */
export const reachOptions: CommandOptions = {
  'sender-id': { type: 'string' },
  'sender-password-file': { type: 'string' },
  ...signingKeyOptions,
  ...trustOptions,
  ca: { type: 'string' },
  proxy: { type: 'string' },
  'timeout-ms': { type: 'string' },
  'allow-insecure-http': { type: 'boolean' },
  'no-signing': { type: 'boolean' },
  'no-verification': { type: 'boolean' },
};

/** Where messages are kept, and the keys for it. */
export const journalOptions: CommandOptions = {
  journal: { type: 'string' },
  'encryption-key-file': { type: 'string' },
  'subject-key-file': { type: 'string' },
};

/** The service of labour contracts, and the key of the employer. */
export const contractOptions: CommandOptions = {
  'service-id': { type: 'string' },
  'employer-key': { type: 'string' },
  'employer-password-file': { type: 'string' },
  'employer-certificate': { type: 'string' },
  holidays: { type: 'string' },
};

/** The portal of documents of employment (ЭКДО). */
export const portalOptions: CommandOptions = {
  portal: { type: 'string' },
  'portal-url': { type: 'string' },
  'portal-credentials': { type: 'string' },
};

/** The option that names the configuration file. */
export const configOption: CommandOptions = { config: { type: 'string' } };

/** Everything that a variable or the configuration file may say. */
export const settingOptions: CommandOptions = {
  endpoint: { type: 'string' },
  'async-endpoint': { type: 'string' },
  ...reachOptions,
  ...journalOptions,
  ...contractOptions,
  ...portalOptions,
};

/** Those of them that are paths: in a configuration file they are relative to it. */
export const pathSettings: ReadonlySet<string> = new Set([
  'sender-password-file',
  'key',
  'password-file',
  'certificate',
  'trust',
  'ca',
  'journal',
  'encryption-key-file',
  'subject-key-file',
  'employer-key',
  'employer-password-file',
  'employer-certificate',
  'holidays',
  'portal',
  'portal-credentials',
]);
