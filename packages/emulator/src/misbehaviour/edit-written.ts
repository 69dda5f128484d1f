import type { EnvelopeLayout } from '@egov-gateway/core';

/** An unsigned envelope with the layout its signer needs. @internal */
export interface WrittenBytes {
  readonly bytes: Uint8Array;
  readonly layout: EnvelopeLayout;
}

type WireOnlyRange = EnvelopeLayout['wireOnly'][number];

/** Puts `text` in place of the bytes from `start` to `end`. @internal */
export interface ByteEdit {
  readonly start: number;
  /** Exclusive; equal to `start` for an insertion. */
  readonly end: number;
  readonly text: string | Uint8Array;
  /** Whether canonicalisation drops the new bytes, so that no signature covers them. Default: false. */
  readonly isWireOnly?: boolean;
}

/**
 * Edits an unsigned envelope and moves its layout along, so that the signer covers the edited Body without reading it.
 *
 * @param edits - must not overlap
 * @internal
 */
export function editWritten(written: WrittenBytes, edits: readonly ByteEdit[]): WrittenBytes {
  const sorted = [...edits].sort((left, right) => left.start - right.start);
  const parts: Uint8Array[] = [];
  const added: WireOnlyRange[] = [];
  let copiedTo = 0;
  let length = 0;
  const push = (part: Uint8Array): void => {
    parts.push(part);
    length += part.length;
  };
  for (const { start, end, text, isWireOnly = false } of sorted) {
    push(written.bytes.subarray(copiedTo, start));
    const part = typeof text === 'string' ? Buffer.from(text) : text;
    if (isWireOnly) added.push([length, length + part.length]);
    push(part);
    copiedTo = end;
  }
  push(written.bytes.subarray(copiedTo));

  const moved = (offset: number): number =>
    sorted.reduce(
      (sum, edit) => (edit.end <= offset ? sum + byteLength(edit.text) - (edit.end - edit.start) : sum),
      offset,
    );
  const { layout } = written;
  const kept = layout.wireOnly.filter(
    ([start, end]) => !sorted.some((edit) => edit.start <= start && end <= edit.end && edit.start < edit.end),
  );
  const wireOnly = [
    ...kept.map(([start, end, ...canonical]): WireOnlyRange => [moved(start), moved(end), ...canonical]),
    ...added,
  ];
  return {
    bytes: Buffer.concat(parts),
    layout: {
      headerInsertAt: moved(layout.headerInsertAt),
      bodyStart: moved(layout.bodyStart),
      bodyEnd: moved(layout.bodyEnd),
      bodyId: layout.bodyId,
      wireOnly: wireOnly.sort((left, right) => left[0] - right[0]),
    },
  };
}

function byteLength(text: string | Uint8Array): number {
  return typeof text === 'string' ? Buffer.byteLength(text) : text.length;
}
