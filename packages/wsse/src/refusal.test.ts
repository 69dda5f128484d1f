import { describe, expect, test } from 'vitest';

import { acceptUnverified } from './accept-unverified.ts';
import { shown, shownPath, shownUri } from './refusal.ts';
import { soap11Namespace } from './vocabulary.ts';

const iin = '001300900011';

describe('shown', () => {
  test('says that there is nothing', () => {
    expect([shown(undefined), shownUri(undefined), shownPath(undefined)]).toEqual(
      Array.from({ length: 3 }, () => 'nothing'),
    );
  });

  test.each([
    ['the root', `<p${iin}/>`],
    ['behind the Body', `<e:Envelope xmlns:e="${soap11Namespace}"><e:Body/><p${iin}/></e:Envelope>`],
    ['instead of the Body', `<e:Envelope xmlns:e="${soap11Namespace}"><p${iin}/></e:Envelope>`],
  ])('a number in a name does not reach the message: %s', (_name, text) => {
    expect(() => acceptUnverified(Buffer.from(text))).toThrow(
      expect.objectContaining({
        name: 'VerifyError',
        message: expect.stringMatching(/^\D*\*\*\*\D*$/) as string,
      }) as Error,
    );
  });
});
