import { describe, expect, test } from 'vitest';

import { tinyPdf } from './tiny-pdf.ts';

describe('tinyPdf', () => {
  const text = Buffer.from(tinyPdf(['one', 'back\\slash (and) brackets'])).toString('latin1');

  test('begins and ends as a PDF does', () => {
    expect(text.startsWith('%PDF-1.4\n')).toBe(true);
    expect(text.endsWith('%%EOF\n')).toBe(true);
  });

  test('escapes what PDF strings need escaped', () => {
    expect(text).toContain('(back\\\\slash \\(and\\) brackets) Tj');
  });

  test('has a cross-reference table that points at its objects', () => {
    const start = Number(/startxref\n(\d+)\n/.exec(text)?.[1]);
    expect(text.slice(start, start + 5)).toBe('xref\n');
    const offsets = [...text.slice(start).matchAll(/^(\d{10}) 00000 n $/gm)].map((match) => Number(match[1]));
    expect(offsets).toHaveLength(5);
    for (const [index, offset] of offsets.entries()) {
      expect(text.slice(offset, offset + 8)).toContain(`${index + 1} 0 obj\n`);
    }
  });

  test('says the length of its content stream', () => {
    const [, length, content] = /\/Length (\d+) >>\nstream\n([\s\S]*?)\nendstream/.exec(text) ?? [];
    expect(content?.length).toBe(Number(length));
  });

  test.each(['Справка', 'tab\t', 'line\nbreak'])('refuses text its font cannot show: %j', (line) => {
    expect(() => tinyPdf([line])).toThrow(TypeError);
  });
});
