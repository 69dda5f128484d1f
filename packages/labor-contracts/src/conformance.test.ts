/**
 * Conformance with samples and books that are no part of this repository: set `EGW_SHARED` to a folder that has them below
 * `samples/payloads` and `reference-books` to run these tests.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { fixedClock } from '@egov-gateway/core';
import { parseXml } from '@egov-gateway/xml';
import { describe, expect, test } from 'vitest';

import {
  type CodeEntry,
  contractTerms,
  createLaborContracts,
  remoteWork,
  restoringBodies,
  scseCodes,
  socialLeaves,
  terminationReasons,
  workingHours,
  workTypes,
} from './index.ts';

const folder = process.env['EGW_SHARED'] ?? '';
const books = join(folder, 'reference-books', 'esutd-codes.json');
const isThere = folder !== '' && existsSync(books);

interface BookRow {
  readonly code: string;
  readonly ru: string;
  readonly actual: boolean;
  readonly leaf?: boolean;
  readonly parent?: string | null;
}

describe.runIf(isThere)('payloads of samples', () => {
  const contracts = createLaborContracts({ serviceId: 'TEST', clock: fixedClock(Date.UTC(2026, 2, 2, 5)) });

  test.each(['new-contract', 'subsidiary', 'termination'])(
    '%s is read, found right, and written the same',
    (name) => {
      const bytes = readFileSync(join(folder, 'samples', 'payloads', `esutd-${name}.payload.xml`));
      const { root } = parseXml(bytes);
      const request = contracts.read(root);
      expect(contracts.check(request)).toEqual({ issues: [], warnings: [] });
      const lines = root.toXml().replace(/>\s+</g, '><');
      expect(new TextDecoder().decode(contracts.encode(request))).toBe(lines);
    },
  );
});

describe.runIf(isThere)('reference books', () => {
  const rows = isThere ? (JSON.parse(readFileSync(books, 'utf8')) as Record<string, BookRow[]>) : {};

  test.each<[string, readonly CodeEntry[]]>([
    ['contractTerm', contractTerms],
    ['workType', workTypes],
    ['remoteWork', remoteWork],
    ['workingHours', workingHours],
    ['restoreOrgan', restoringBodies],
    ['socialLeave', socialLeaves],
    ['terminationReason', terminationReasons],
  ])('%s has the same codes, headings and uses, and other words', (name, list) => {
    const shape = (all: readonly (BookRow | CodeEntry)[]) =>
      all
        .map(({ code, actual = true, leaf = true, parent }) => ({
          code,
          actual,
          leaf,
          parent: parent ?? null,
        }))
        .sort((a, b) => (a.code < b.code ? -1 : 1));
    expect(shape(list)).toEqual(shape(rows[name] ?? []));
    const long = (rows[name] ?? []).filter(({ ru }) => ru.length > 40);
    for (const { code, ru } of long) expect(list.find((one) => one.code === code)?.ru).not.toBe(ru);
  });

  test('errors has the same active codes, and none of its sentences', () => {
    const errors = rows['errors'] ?? [];
    const active = errors.filter(({ actual }) => actual).map(({ code }) => code);
    expect(scseCodes.map(({ code }) => code)).toEqual(active.sort());
    const theirs = new Set(errors.map(({ ru }) => ru.trim().toLowerCase()));
    expect(scseCodes.filter(({ ru }) => theirs.has(ru.toLowerCase().replace(/\.$/, '')))).toEqual([]);
  });
});
