import { describe, expect, test } from 'vitest';

import { entry, registryParty } from '../../test/registry-party.ts';
import { json } from '../../test/scripted-portal.ts';

describe('an account that is refused, and not the document', () => {
  test.each([
    ['two refused tokens', [json({}, 401), json({}, 401)], 'ERR_PORTAL_CREDENTIALS'],
    ['too many requests', [json({}, 429)], 'ERR_PORTAL_LIMIT'],
  ] as const)(
    '%s: the next call sends what is left, without being asked to do it again',
    async (_name, answers, code) => {
      const { registry, make, portal, signed } = registryParty();
      portal.next('/docs', ...answers);
      expect(await registry.send(entry)).toMatchObject({ state: 'not-sent', step: 'document', code });
      expect(await registry.status('order-1')).toMatchObject({ state: 'not-sent', code });
      portal.next('/docs/id-1/signature', ...answers);
      expect(await make().send(entry)).toMatchObject({ state: 'not-sent', step: 'signature', code });
      expect(await registry.status('order-1')).toMatchObject({ state: 'uploaded' });
      expect(await make().send(entry)).toMatchObject({ state: 'sent', id: 'id-1' });
      // The portal has the document: its signature is the one that was made then.
      expect(signed()).toBe(2);
    },
  );

  test('a right that is missing may be one for this document: that stays a refusal, with its words', async () => {
    const { registry, portal } = registryParty();
    portal.next('/docs', json({ reason: 'words' }, 403));
    const refusal = { state: 'refused', code: 'ERR_PORTAL_CREDENTIALS', answer: '{"reason":"words"}' };
    expect(await registry.send(entry)).toMatchObject(refusal);
  });
});
