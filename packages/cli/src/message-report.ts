/** What is printed of a message of the journal: what it is and where it stands, never what is in it. */
import type { RecordedEvent, RecordedMessage } from '@egov-gateway/core';

import { alignedLines } from './aligned-lines.ts';
import { printable } from './printable.ts';

/** A message in `--json`. */
export interface MessageReport {
  readonly key: string;
  readonly direction: 'out' | 'in';
  readonly channel: 'sync' | 'async';
  readonly serviceId: string;
  readonly messageType: string | null;
  readonly messageId: string | null;
  readonly correlationId: string | null;
  readonly reference: string | null;
  readonly state: string;
  readonly deliveryState: string | null;
  readonly code: string | null;
  readonly attempts: number;
  readonly createdAt: string;
  readonly changedAt: string;
  readonly expiresAt: string | null;
  readonly relatedKeys: readonly string[];
}

/** An event in `--json`. */
export interface EventReport {
  readonly version: number;
  readonly at: string;
  readonly kind: string;
  readonly state: string;
  readonly code: string | null;
  readonly attempt: number | null;
  readonly delivery: string | null;
  readonly deliveryState: string | null;
  readonly resolution: string | null;
  readonly note: string | null;
  readonly byteLength: number;
}

/** A message for `--json`. */
export function reportMessage(message: RecordedMessage): MessageReport {
  const { direction, channel, serviceId, state, attempts, relatedKeys } = message;
  return {
    key: message.localKey,
    direction,
    channel,
    serviceId,
    messageType: message.messageType ?? null,
    messageId: message.messageId ?? null,
    correlationId: message.correlationId ?? null,
    reference: message.reference ?? null,
    state,
    deliveryState: message.deliveryState ?? null,
    code: message.code ?? null,
    attempts,
    createdAt: instant(message.createdAtMs),
    changedAt: instant(message.changedAtMs),
    expiresAt: message.expiresAtMs === undefined ? null : instant(message.expiresAtMs),
    relatedKeys,
  };
}

/** An event for `--json`. */
export function reportEvent(event: RecordedEvent): EventReport {
  const { version, kind, state, byteLength } = event;
  return {
    version,
    at: instant(event.atMs),
    kind,
    state,
    code: event.code ?? null,
    attempt: event.attempt ?? null,
    delivery: event.delivery ?? null,
    deliveryState: event.deliveryState ?? null,
    resolution: event.resolution ?? null,
    note: event.note ?? null,
    byteLength,
  };
}

const columns = [
  'CHANGED',
  'KEY',
  'DIR',
  'STATE',
  'SERVICE',
  'TYPE',
  'MESSAGE ID',
  'CHAIN',
  'CODE',
  'REFERENCE',
] as const;

/** Messages for people: names of the columns, then a line each, with the columns below one another. */
export function messageTable(messages: readonly RecordedMessage[]): readonly string[] {
  const lines = messages.map((message) => {
    const { code, reference } = message;
    return [...identityCells(message), code ?? '—', reference === undefined ? '—' : `"${reference}"`].map(
      printable,
    );
  });
  return alignedLines([columns, ...lines]);
}

/** A message in one line. */
export function messageLine(message: RecordedMessage): string {
  const { code, reference } = message;
  return row([
    ...identityCells(message),
    ...(code === undefined ? [] : [code]),
    ...(reference === undefined ? [] : [`"${reference}"`]),
  ]);
}

function identityCells(message: RecordedMessage): readonly string[] {
  const { changedAtMs, localKey, direction, state, serviceId, messageType, messageId, correlationId } =
    message;
  return [
    instant(changedAtMs),
    localKey,
    direction.padEnd(3),
    state.padEnd(9),
    serviceId,
    messageType ?? '—',
    messageId ?? '—',
    correlationId ?? '—',
  ];
}

/** Cells of a line. */
export function row(cells: readonly string[]): string {
  return cells.map(printable).join('  ');
}

/** ISO 8601 in UTC. */
export function instant(atMs: number): string {
  return new Date(atMs).toISOString();
}
