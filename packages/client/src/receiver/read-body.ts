import type { Readable } from 'node:stream';

import { systemTimers, type Timers } from '@egov-gateway/core';

import { ByteCollector } from '../byte-collector.ts';

/** Why a body could not be read. */
export type BodyRefusal =
  /** More bytes than are taken. */
  | 'too-large'
  /** Not there in time, or slower than the slowest pace allowed. */
  | 'too-slow'
  /** The sender broke off. */
  | 'hung-up'
  /** All bodies that are being read together have no room for it. */
  | 'no-room'
  /** Somebody else has read the stream before. */
  | 'already-read';

/** What a body may cost. */
export interface BodyLimits {
  readonly maxBytes: number;
  /** From now to the last byte, milliseconds. */
  readonly withinMs: number;
  /** Average pace that a sender has to keep after `graceMs`. Default: 0, none. */
  readonly minBytesPerSecond?: number | undefined;
  /** How long the pace is not judged, milliseconds. Default: 5000. */
  readonly graceMs?: number | undefined;
  /** `Content-Length`, when it is known: a body that says itself too large is not begun. */
  readonly declaredBytes?: number | undefined;
  /** Asked before `bytes` more are kept; `false` ends the reading with `no-room`. Default: there is room. */
  readonly reserve?: ((bytes: number) => boolean) | undefined;
  /** Default: the timers of Node.js. */
  readonly timers?: Timers | undefined;
}

/**
 * The whole body of a request as one block of memory, or why there is none. Never rejects.
 *
 * After a refusal the stream is paused where it is: what becomes of the connection is for the caller to decide.
 */
export function readBody(stream: Readable, limits: BodyLimits): Promise<Uint8Array | BodyRefusal> {
  const { maxBytes, declaredBytes = 0, reserve = () => true, timers = systemTimers } = limits;
  if (declaredBytes > maxBytes) return Promise.resolve('too-large');
  if (stream.readableEnded || stream.readableDidRead) return Promise.resolve('already-read');
  if (stream.destroyed) return Promise.resolve('hung-up');
  const collector = new ByteCollector(declaredBytes);
  return new Promise((resolve) => {
    const finish = (result: Uint8Array | BodyRefusal): void => {
      cancel();
      stream.off('data', onData).off('end', onEnd).off('close', onClose).off('error', onClose);
      // Whatever still happens to the stream must not fail for want of a listener.
      stream.on('error', () => undefined);
      if (typeof result === 'string') stream.pause();
      resolve(result);
    };
    const onData = (chunk: Uint8Array): void => {
      if (collector.byteLength + chunk.byteLength > maxBytes) finish('too-large');
      else if (!reserve(chunk.byteLength)) finish('no-room');
      else collector.add(chunk);
    };
    const onEnd = (): void => finish(compact(collector.take()));
    const onClose = (): void => finish('hung-up');
    // One timer is enough: bytes only move its end, and that is looked at when it fires.
    const watch = (elapsedMs: number): (() => void) => {
      const untilMs = allowedMs(collector.byteLength, limits);
      return timers.schedule(() => {
        if (allowedMs(collector.byteLength, limits) <= untilMs) finish('too-slow');
        else cancel = watch(untilMs);
      }, untilMs - elapsedMs);
    };
    let cancel = watch(0);
    stream.on('data', onData).on('end', onEnd).on('close', onClose).on('error', onClose);
    stream.resume();
  });
}

/** How long the sender of so many bytes may have taken by now. */
function allowedMs(
  receivedBytes: number,
  { withinMs, minBytesPerSecond = 0, graceMs = 5000 }: BodyLimits,
): number {
  if (minBytesPerSecond <= 0) return withinMs;
  return Math.min(withinMs, graceMs + (1000 * receivedBytes) / minBytesPerSecond);
}

/** A small message in the block that a socket read into would keep the whole block alive as long as it is kept itself. */
function compact(bytes: Uint8Array): Uint8Array {
  return bytes.byteLength * 2 < bytes.buffer.byteLength ? bytes.slice() : bytes;
}
