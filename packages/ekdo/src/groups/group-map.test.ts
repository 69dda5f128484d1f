import { codeOf } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import type { SignatureKind } from '../signature/signature-kind.ts';
import { createGroupMap, type DocumentRule } from './group-map.ts';

const groups = createGroupMap({
  subtypes: {
    'Трудовой договор': { group: 'G-1', signatures: ['ukep'] },
    'Заявление об отпуске': { group: 'G-2' },
    constructor: { group: 'G-3' },
  },
  signatures: ['unep', 'ukep'],
});

describe('createGroupMap', () => {
  test('finds the group of a subtype', () => {
    expect(groups.rule('Трудовой договор')).toEqual({ group: 'G-1', signatures: ['ukep'] });
    expect(groups.subtypes).toEqual(['Трудовой договор', 'Заявление об отпуске', 'constructor']);
  });

  test.each(['трудовой договор', ' Трудовой  договор ', 'ТРУДОВОЙ\tДОГОВОР'])('finds it as %j', (subtype) => {
    expect(groups.find(subtype)?.group).toBe('G-1');
  });

  test('takes the kinds of the map when the rule names none', () => {
    expect(groups.rule('Заявление об отпуске').signatures).toEqual(['unep', 'ukep']);
    expect(groups.allows('Заявление об отпуске', 'unep')).toBe(true);
    expect(groups.allows('Трудовой договор', 'unep')).toBe(false);
  });

  test('leaves every kind open when nobody says', () => {
    const open = createGroupMap({ subtypes: { Приказ: { group: 'G' } } });
    expect(open.rule('Приказ').signatures).toEqual(['pep', 'unep', 'ukep']);
  });

  test.each(['Приказ', '', '__proto__', 'toString'])('has no rule for %j', async (subtype) => {
    expect(groups.find(subtype)).toBeUndefined();
    expect(await codeOf(() => groups.rule(subtype))).toBe('ERR_VALIDATE_CONTRACT');
    expect(await codeOf(() => groups.allows(subtype, 'ukep'))).toBe('ERR_VALIDATE_CONTRACT');
  });

  test.each<readonly [string, Record<string, DocumentRule>]>([
    ['one subtype twice', { Приказ: { group: 'A' }, 'приказ ': { group: 'B' } }],
    ['an empty subtype', { ' ': { group: 'A' } }],
    ['an empty group', { Приказ: { group: ' ' } }],
    ['no kinds of signature', { Приказ: { group: 'A', signatures: [] } }],
    ['a misspelt rule', { Приказ: { group: 'A', signature: ['ukep'] } as DocumentRule }],
    ['an unknown kind', { Приказ: { group: 'A', signatures: ['УКЭП' as SignatureKind] } }],
  ])('refuses %s', (_name, subtypes) => {
    expect(() => createGroupMap({ subtypes })).toThrow(TypeError);
  });
});
