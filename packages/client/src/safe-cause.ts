/**
 * What may be told of an error that somebody else made.
 *
 * @module
 */
import { isIP } from 'node:net';

/** How far down a chain of causes is told. */
const MAX_DEPTH = 4;
/** How many of the errors of an `AggregateError` are told: one for each address that was tried. */
const MAX_ERRORS = 8;

/** Reduced error: only members that cannot hold bytes of a message. */
interface SafeCause extends Error {
  code?: string;
  syscall?: string;
  address?: string;
  port?: number;
  errors?: readonly Error[];
}

/**
 * An error to stand as `cause` in the place of a foreign one, which may carry the request, the answer, headers or
 * a socket: undici's parser error, for one, holds the bytes it could not parse. Kept are the name, the codes and the
 * address of a system error; its text is written anew from them.
 *
 * @internal
 */
export function safeCause(foreign: unknown): Error {
  return reduce(foreign, MAX_DEPTH);
}

/**
 * The code of an error, when it is plain enough to be printed; else the empty text.
 *
 * @internal
 */
export function plainCode(error: unknown): string {
  const code = member(error, 'code');
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{0,59}$/.test(code) ? code : '';
}

function reduce(foreign: unknown, depth: number): Error {
  const code = plainCode(foreign);
  const syscall = plainWord(member(foreign, 'syscall'));
  const address = member(foreign, 'address');
  const port = member(foreign, 'port');
  const peer = typeof address === 'string' && isIP(address) !== 0 ? address : undefined;
  const words = [syscall, code, peer].filter((word) => word !== undefined && word !== '');
  const safe: SafeCause = new Error(words.length > 0 ? words.join(' ') : 'an error without a code');
  safe.name = plainWord(member(foreign, 'name')) ?? 'Error';
  // The stack holds the name as it was when it was taken, and frames that say nothing of the foreign error.
  safe.stack = `${safe.name}: ${safe.message}`;
  if (code !== '') safe.code = code;
  if (syscall !== undefined) safe.syscall = syscall;
  if (peer !== undefined) safe.address = peer;
  if (typeof port === 'number') safe.port = port;
  if (depth > 0) addCauses(safe, foreign, depth - 1);
  return safe;
}

function addCauses(safe: SafeCause, foreign: unknown, depth: number): void {
  const cause = member(foreign, 'cause');
  if (cause !== undefined) safe.cause = reduce(cause, depth);
  const errors = member(foreign, 'errors');
  if (Array.isArray(errors)) safe.errors = errors.slice(0, MAX_ERRORS).map((error) => reduce(error, depth));
}

function plainWord(value: unknown): string | undefined {
  return typeof value === 'string' && /^[A-Za-z][A-Za-z0-9_]{0,39}$/.test(value) ? value : undefined;
}

function member(value: unknown, name: string): unknown {
  return (value as Readonly<Record<string, unknown>> | null | undefined)?.[name];
}
