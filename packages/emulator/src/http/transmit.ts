/**
 * Puts an answer on the wire, as slowly, as partially or as rudely as the script says.
 *
 * @module
 */
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';

import type { GatewayAnswer } from '../gateway-answer.ts';
import type { Misbehaviour } from '../misbehaviour/script.ts';

const PAD_BYTES = 1024 * 1024;

/** Hangs up with RST instead of FIN, where the socket can: over TLS it is cut all the same. @internal */
export function resetConnection(socket: Socket | null): void {
  if (socket === null || socket.destroyed) return;
  if ('encrypted' in socket) socket.destroy();
  else socket.resetAndDestroy();
}

/**
 * Sends an answer. Resolves when it is sent or the connection is gone; with `never-answer` only then.
 *
 * @param signal - aborted when the connection is gone, or has to go
 * @internal
 */
export async function transmit(
  response: ServerResponse,
  answer: GatewayAnswer,
  misbehaviour: Misbehaviour | undefined,
  signal: AbortSignal,
): Promise<void> {
  switch (misbehaviour?.name) {
    case 'delay':
      await pause(misbehaviour.delayMs, signal);
      return send(response, answer, signal);
    case 'never-answer':
      await pause(undefined, signal);
      return resetConnection(response.socket);
    case 'reset-before-reading':
    case 'reset-after-reading':
      return resetConnection(response.socket);
    case 'close-without-answer':
      response.socket?.end();
      return;
    case 'reset-mid-answer':
      return sendHalf(response, answer);
    case 'slow-drip':
      return drip(response, answer, misbehaviour, signal);
    default:
      return send(response, answer, signal);
  }
}

async function send(response: ServerResponse, answer: GatewayAnswer, signal: AbortSignal): Promise<void> {
  if (response.destroyed) return;
  if (answer.padToBytes !== undefined) return sendPadded(response, answer, answer.padToBytes, signal);
  const body = answer.isGzip === true ? gzipSync(answer.body) : answer.body;
  const encoding = answer.isGzip === true ? { 'content-encoding': 'gzip' } : {};
  response.writeHead(answer.status, { ...answer.headers, ...encoding, 'content-length': body.length });
  await new Promise<void>((resolve) => {
    response.once('close', resolve);
    response.end(body, resolve);
  });
}

/** Body, then spaces. Compressed they are many gzip members of a kilobyte, each a megabyte when unpacked. */
async function sendPadded(
  response: ServerResponse,
  answer: GatewayAnswer,
  padToBytes: number,
  signal: AbortSignal,
): Promise<void> {
  const isGzip = answer.isGzip === true;
  const encode = (bytes: Uint8Array): Uint8Array => (isGzip ? gzipSync(bytes) : bytes);
  response.writeHead(answer.status, { ...answer.headers, ...(isGzip ? { 'content-encoding': 'gzip' } : {}) });
  const spaces = Buffer.alloc(PAD_BYTES, 0x20);
  const fullChunk = encode(spaces);
  response.write(encode(answer.body));
  for (let left = padToBytes - answer.body.length; left > 0 && !signal.aborted; left -= PAD_BYTES) {
    const chunk = left >= PAD_BYTES ? fullChunk : encode(spaces.subarray(0, left));
    if (!response.write(chunk)) await drained(response, signal);
  }
  if (signal.aborted) resetConnection(response.socket);
  else response.end();
}

function drained(response: ServerResponse, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      response.off('drain', finish);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    response.once('drain', finish);
    signal.addEventListener('abort', finish, { once: true });
    if (signal.aborted) finish();
  });
}

function sendHalf(response: ServerResponse, answer: GatewayAnswer): Promise<void> {
  const { body } = answer;
  response.writeHead(answer.status, { ...answer.headers, 'content-length': body.length });
  return new Promise((resolve) => {
    response.once('close', resolve);
    response.write(body.subarray(0, Math.ceil(body.length / 2)), () => {
      resetConnection(response.socket);
      resolve();
    });
  });
}

async function drip(
  response: ServerResponse,
  answer: GatewayAnswer,
  { chunkBytes, intervalMs }: Misbehaviour,
  signal: AbortSignal,
): Promise<void> {
  const { body } = answer;
  response.writeHead(answer.status, { ...answer.headers, 'content-length': body.length });
  for (let at = 0; at < body.length && !signal.aborted; at += chunkBytes) {
    response.write(body.subarray(at, at + chunkBytes));
    if (at + chunkBytes < body.length) await pause(intervalMs, signal);
  }
  if (signal.aborted) resetConnection(response.socket);
  else response.end();
}

/** Waits, without end when no time is given, until the signal. Never rejects. @internal */
export function pause(ms: number | undefined, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = ms === undefined ? undefined : setTimeout(finish, ms);
    signal.addEventListener('abort', finish, { once: true });
  });
}
