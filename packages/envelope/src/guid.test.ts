import { describe, expect, test } from 'vitest';

import { toGuid } from './guid.ts';

const bare = '0f8fad5b-d9cb-469f-a165-70867728950e';

describe('toGuid', () => {
  test('keeps a guid in braces as it is', () => {
    expect(toGuid(`{${bare}}`)).toBe(`{${bare}}`);
  });

  test('puts braces around a bare guid', () => {
    expect(toGuid(bare)).toBe(`{${bare}}`);
  });

  test('keeps the case of the digits', () => {
    expect(toGuid(bare.toUpperCase())).toBe(`{${bare.toUpperCase()}}`);
  });

  test.each([
    ['an empty text', ''],
    ['empty braces', '{}'],
    ['a missing closing brace', `{${bare}`],
    ['a missing opening brace', `${bare}}`],
    ['doubled braces', `{{${bare}}}`],
    ['a template left over', '{{session}}'],
    ['a digit too few', `{${bare.slice(1)}}`],
    ['a digit too many', `{${bare}0}`],
    ['a letter beyond f', `{g${bare.slice(1)}}`],
    ['a line end behind it', `{${bare}}\n`],
    ['white space before it', ` ${bare}`],
    ['no dashes', bare.replaceAll('-', '')],
    ['a status in place of an id', 'SIGN_NOT_EXIST'],
  ])('refuses %s', (_name, text) => {
    expect(toGuid(text)).toBeUndefined();
  });
});
