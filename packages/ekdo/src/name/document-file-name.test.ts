import { ValidateError } from '@egov-gateway/core';
import { codeOf } from '@egov-gateway/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { type DocumentNameOptions, type DocumentNameParts, documentFileName } from './document-file-name.ts';

const parts: DocumentNameParts = {
  employee: 'Иванов Иван Иванович',
  subtype: 'Трудовой договор',
  number: '15',
  date: '2026-01-12',
};
const nameOf = (change: Partial<DocumentNameParts> = {}, options?: DocumentNameOptions): string =>
  documentFileName({ ...parts, ...change }, options).fileName;
const changesOf = (change: Partial<DocumentNameParts>): string[] =>
  documentFileName({ ...parts, ...change }).changes.map(({ code }) => code);

function rulesOf(change: Partial<DocumentNameParts>): string[] {
  try {
    nameOf(change);
  } catch (error) {
    if (error instanceof ValidateError) return error.issues.map(({ path, rule }) => `${path} ${rule}`);
    throw error;
  }
  return [];
}

const forbidden = [...'\\/:*?"<>|'];
const family = '👨‍👩‍👧';

describe('documentFileName', () => {
  test('writes the parts in the order of the description', () => {
    expect(documentFileName(parts)).toEqual({
      fileName: 'Иванов Иван Иванович Трудовой договор № 15 от 12.01.2026.pdf',
      changes: [],
    });
  });

  test('leaves the number sign out when asked to', () => {
    expect(nameOf({}, { numberSign: false })).toBe(
      'Иванов Иван Иванович Трудовой договор 15 от 12.01.2026.pdf',
    );
  });

  test.each(['№ 15', '№15', ' №  15'])('writes the sign of the number %j once', (number) => {
    expect(nameOf({ number })).toBe('Иванов Иван Иванович Трудовой договор № 15 от 12.01.2026.pdf');
    expect(nameOf({ number }, { numberSign: false })).toContain('договор 15 от');
  });

  test('keeps Kazakh letters', () => {
    expect(nameOf({ employee: 'Әлия Ұланқызы Өтегенова' })).toContain('Әлия Ұланқызы Өтегенова');
  });

  test.each(forbidden)('replaces %s', (character) => {
    expect(nameOf({ number: `15${character}к` })).toContain('№ 15-к от');
    expect(nameOf({ number: `15${character}к` }, { replacement: '' })).toContain('№ 15к от');
    expect(changesOf({ number: `15${character}к` })).toEqual(['character-replaced']);
  });

  test.each([
    ['a control character', '\u0000'],
    ['a mark of direction', '\u202E'],
    ['an isolate', '\u2066'],
    ['a zero-width blank', '\u200B'],
    ['a zero-width joiner', '\u200D'],
    ['a byte order mark in the middle', 'а\uFEFFб'.charAt(1)],
    ['a soft hyphen', '\u00AD'],
    ['a variation selector', '\uFE0F'],
    ['a tag', '\u{E0041}'],
    ['half a character', '\uD83D'],
    ['a code point that is no character', '\uFFFE'],
  ])('drops %s', (_name, character) => {
    const employee = `Иванов${character}а`;
    // A byte order mark is a blank to JavaScript, and so it is to this.
    expect(nameOf({ employee }).replace('Иванов а', 'Иванова')).toContain('Иванова Трудовой');
    expect(changesOf({ employee }).length).toBe(1);
  });

  test.each([' ', '  ', '\t', '\n', '\r\n', '\u00A0', '\u2009', '\u3000', ' \u200B '])(
    'makes one blank of %j',
    (blank) => {
      expect(nameOf({ employee: `Иванов${blank}Иван` })).toContain('Иванов Иван Трудовой');
    },
  );

  test('composes letters that are written as two characters', () => {
    expect(nameOf({ employee: 'Андре\u0438\u0306' })).toContain('Андре\u0439 ');
    expect(changesOf({ employee: 'Андре\u0438\u200D\u0306' })).toEqual(['invisible-removed', 'normalised']);
    expect(nameOf({ employee: 'Андре\u0438/\u0306' }, { replacement: '' })).toContain('Андре\u0439 ');
  });

  test('trims the ends, and full stops at the beginning', () => {
    expect(nameOf({ employee: ' ..Иванов  ', subtype: ' Приказ ' })).toMatch(/^Иванов Приказ № 15/);
    expect(changesOf({ employee: '.Иванов' })).toEqual(['edges-trimmed']);
  });

  test.each(['CON.', 'nul.', 'Com1.', 'lpt¹. x', 'AUX .'])('keeps clear of the device %s', (employee) => {
    expect(nameOf({ employee })).toMatch(/^_/);
    expect(changesOf({ employee })).toContain('reserved-name');
  });

  test.each(['CON', 'Конев.', 'COM10.', 'CONRAD.'])('has nothing against %s', (employee) => {
    expect(nameOf({ employee })).not.toMatch(/^_/);
  });

  test('shortens the subtype first, and never number and date', () => {
    const fileName = nameOf({ subtype: 'Дополнительное соглашение '.repeat(20) });
    expect(Buffer.byteLength(fileName)).toBeLessThanOrEqual(255);
    expect(fileName).toMatch(/^Иванов Иван Иванович Дополнительное соглашение .* № 15 от 12\.01\.2026\.pdf$/);
    expect(fileName).not.toMatch(/ {2}/);
  });

  test('shortens the employee when that is not enough', () => {
    const fileName = nameOf({ employee: 'Ы'.repeat(500), subtype: 'Приказ о приёме на работу' });
    expect(fileName).toMatch(/^Ы+ Приказ о приёме на .*№ 15 от 12\.01\.2026\.pdf$/);
    expect(Buffer.byteLength(fileName)).toBeLessThanOrEqual(255);
  });

  test('cuts between letters, not within', () => {
    const flags = '🇰🇿'.repeat(100);
    expect(nameOf({ subtype: flags })).toMatch(/^Иванов Иван Иванович (?:🇰🇿)+ № 15/u);
    expect(nameOf({ subtype: `а${'\u0301'.repeat(1000)}` })).toMatch(/^Иванов Иван Иванович а\u0301+ № 15/);
    expect(nameOf({ subtype: family })).not.toContain('\u200D');
  });

  test.each<readonly [string, Partial<DocumentNameParts>, readonly string[]]>([
    ['no employee', { employee: '' }, ['/employee required']],
    ['a blank subtype', { subtype: ' \t\u200B' }, ['/subtype required']],
    ['a number of nothing but slashes', { number: '///' }, ['/number required']],
    ['a number of nothing but its sign', { number: '№' }, ['/number required']],
    ['a number that is a number', { number: 15 as unknown as string }, ['/number required']],
    ['a number that fills the name', { number: '1'.repeat(200) }, ['/number file-name-length']],
    ['a part of a novel', { employee: 'а'.repeat(2001) }, ['/employee max-length']],
    ['a date of Russia', { date: '12.01.2026' }, ['/date date']],
    ['a date with a time', { date: '2026-01-12T00:00:00Z' }, ['/date date']],
    ['30 February', { date: '2026-02-30' }, ['/date date']],
    ['month 13', { date: '2026-13-01' }, ['/date date']],
    ['the year 0001', { date: '0001-01-01' }, ['/date date']],
    ['a Date', { date: new Date(0) as unknown as string }, ['/date date']],
    [
      'nothing at all',
      { employee: '', subtype: '', number: '', date: '' },
      ['/employee required', '/subtype required', '/number required', '/date date'],
    ],
  ])('refuses %s', (_name, change, rules) => {
    expect(rulesOf(change)).toEqual(rules);
  });

  test('has a code for programs, and no names in its message', async () => {
    expect(await codeOf(() => nameOf({ number: '/' }))).toBe('ERR_VALIDATE_CONTRACT');
    expect(() => nameOf({ number: '/' })).not.toThrow(/Иванов/);
  });

  test('refuses options that it does not know', () => {
    expect(() => nameOf({}, { separator: '_' } as object)).toThrow(TypeError);
    expect(() => nameOf({}, { replacement: '/' as '-' })).toThrow(TypeError);
  });

  test('is legal everywhere, of at most 255 octets, ends as it should, and is the same every time', () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }).map((value) => `а${value}`);
    fc.assert(
      fc.property(text, text, fc.string({ unit: 'binary', maxLength: 20 }), (employee, subtype, number) => {
        const given = { employee, subtype, number: `7${number}`, date: '2026-12-31' };
        const { fileName } = documentFileName(given);
        expect(documentFileName(given).fileName).toBe(fileName);
        expect(Buffer.byteLength(fileName)).toBeLessThanOrEqual(255);
        expect(fileName).toMatch(/ № 7.* от 31\.12\.2026\.pdf$/u);
        expect(fileName).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\\/:*?"<>|]| {2}|^[ .]/u);
        expect(fileName.normalize('NFC')).toBe(fileName);
      }),
    );
  });
});
