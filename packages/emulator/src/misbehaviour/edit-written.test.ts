import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type ByteEdit, editWritten, type WrittenBytes } from './edit-written.ts';

const bytes = Buffer.from('HHHH|header|<body wire="x">0123456789</body>|tail');
const written: WrittenBytes = {
  bytes,
  layout: {
    headerInsertAt: bytes.indexOf('|header'),
    bodyStart: bytes.indexOf('<body'),
    bodyEnd: bytes.indexOf('|tail'),
    bodyId: 'id',
    wireOnly: [[bytes.indexOf(' wire'), bytes.indexOf('>0')]],
  },
};

function bodyOf({ bytes: edited, layout }: WrittenBytes): string {
  return Buffer.from(edited.subarray(layout.bodyStart, layout.bodyEnd)).toString();
}

describe('editWritten', () => {
  test('leaves everything as it is without edits', () => {
    const edited = editWritten(written, []);
    expect(Buffer.compare(edited.bytes, bytes)).toBe(0);
    expect(edited.layout).toEqual(written.layout);
  });

  test('moves the Body and its ranges behind an insertion before them', () => {
    const edited = editWritten(written, [{ start: 0, end: 0, text: 'öö' }]);
    expect(bodyOf(edited)).toBe('<body wire="x">0123456789</body>');
    const [start = 0, end = 0] = edited.layout.wireOnly[0] ?? [];
    expect(Buffer.from(edited.bytes.subarray(start, end)).toString()).toBe(' wire="x"');
  });

  test('records bytes that no signature covers', () => {
    const at = bytes.indexOf('5');
    const edited = editWritten(written, [{ start: at, end: at, text: '<!-- -->', isWireOnly: true }]);
    expect(bodyOf(edited)).toBe('<body wire="x">01234<!-- -->56789</body>');
    const [start = 0, end = 0] = edited.layout.wireOnly[1] ?? [];
    expect(Buffer.from(edited.bytes.subarray(start, end)).toString()).toBe('<!-- -->');
  });

  test('drops a range that an edit replaces', () => {
    const edited = editWritten(written, [
      { start: bytes.indexOf('<body'), end: bytes.indexOf('0123'), text: '<b>' },
    ]);
    expect(bodyOf(edited)).toBe('<b>0123456789</body>');
    expect(edited.layout.wireOnly).toEqual([]);
  });

  test('finds the Body again, whatever was put before it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat({ max: 10 }), fc.string({ unit: 'binary', maxLength: 5 })), {
          maxLength: 4,
        }),
        (insertions) => {
          const edits = insertions.map(([at, text]): ByteEdit => ({ start: at, end: at, text }));
          expect(bodyOf(editWritten(written, edits))).toBe('<body wire="x">0123456789</body>');
        },
      ),
    );
  });
});
