import { inspect } from 'node:util';

import { PortalError } from '@egov-gateway/core';
import { codeOf, deferred, failureOf, manualTime } from '@egov-gateway/testing';
import { describe, expect, test } from 'vitest';

import { clientParty, password, sampleDocument } from '../../test/client-party.ts';
import { json, response } from '../../test/scripted-portal.ts';
import type { EkdoStepEvent } from './client-options.ts';

describe('time and cancellation', () => {
  const silent = () => new Promise<never>(() => {});

  test('a step that takes too long ends as unknown, a token that does as not sent', async () => {
    for (const [path, delivery] of [
      ['/docs', 'unknown'],
      ['/token', 'not-sent'],
    ] as const) {
      const time = manualTime();
      const { client, portal } = clientParty({
        clock: time.clock,
        timers: time.timers,
        totalTimeoutMs: 1000,
      });
      portal.next(path, silent);
      const outcome = failureOf(client.send(sampleDocument));
      await time.settle();
      await time.advance(1000);
      expect(await outcome).toEqual({ code: 'ERR_SEND_TIMEOUT', delivery });
    }
  });

  test('a cancelled step rejects with the reason of the caller', async () => {
    const { client, portal } = clientParty();
    const controller = new AbortController();
    const reason = new Error('enough');
    portal.next('/docs', () => {
      controller.abort(reason);
      return silent();
    });
    const prepared = await client.prepare(sampleDocument);
    await expect(client.upload(prepared, { signal: controller.signal })).rejects.toBe(reason);
    expect(await codeOf(() => client.upload(prepared))).toBe('ERR_PORTAL_ORDER');
  });

  test('one caller that gives up does not take the token from the others', async () => {
    const { client, portal } = clientParty();
    const gate = deferred();
    portal.next('/token', async () => {
      await gate.promise;
      return json({ token: 't' });
    });
    const controller = new AbortController();
    const [one, two] = await Promise.all([client.prepare(sampleDocument), client.prepare(sampleDocument)]);
    const first = client.upload(one, { signal: controller.signal });
    const second = client.upload(two);
    controller.abort(new Error('enough'));
    await expect(first).rejects.toThrow('enough');
    gate.resolve();
    expect((await second).id).toBe('id-1');
    expect((await client.upload(one)).id).toBe('id-2');
  });

  test('a signal that has fired already stops everything', async () => {
    const { client, portal } = clientParty();
    const signal = AbortSignal.abort(new Error('before'));
    await expect(client.send(sampleDocument, { signal })).rejects.toThrow('before');
    expect(portal.requests).toEqual([]);
  });

  test('a signer that nobody waits for any more does not send', async () => {
    const controller = new AbortController();
    const { client, portal } = clientParty({ signDetached: silent });
    const outcome = client.send(sampleDocument, { signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(outcome).rejects.toThrow('enough');
    expect(portal.requests).toEqual([]);
  });

  test('nothing leaves when what runs before it fails', async () => {
    const { client, portal } = clientParty();
    const prepared = await client.prepare(sampleDocument);
    const beforeSend = () => Promise.reject(new Error('the disk is full'));
    await expect(client.upload(prepared, { beforeSend })).rejects.toThrow('the disk is full');
    expect(portal.paths).toEqual(['/token']);
    expect((await client.upload(prepared)).id).toBe('id-1');
  });
});

describe('what is never shown', () => {
  test('password and token stand in no client, error, event or answer of an error', async () => {
    const events: EkdoStepEvent[] = [];
    const { client, portal } = clientParty({ onStep: (event) => events.push(event) });
    portal.next('/docs', json({ echo: `Bearer token-1 ${password}` }, 422));
    const error = await client.send(sampleDocument).catch((reason: unknown) => reason as PortalError);
    expect(error).toBeInstanceOf(PortalError);
    expect((error as PortalError).answer?.text).toBe('{"echo":"Bearer *** ***"}');
    const seen = [client, error, events].map((one) => inspect(one, { depth: 9, showHidden: true }));
    const all = [...seen, JSON.stringify([client, error, events])].join('\n');
    for (const secret of [password, 'token-1', 'echo']) expect(all).not.toContain(secret);
  });

  test('a password is not shown as it stands in JSON either', async () => {
    const quoted = 'test-"only"-\\word';
    const { client, portal } = clientParty({ credentials: { login: 'login', password: quoted } });
    portal.next('/docs', json({ echo: quoted }, 422));
    const error = await client.send(sampleDocument).catch((reason: unknown) => reason as PortalError);
    expect((error as PortalError).answer?.text).toBe('{"echo":"***"}');
  });

  test('an answer with a token that was not understood is not kept', async () => {
    const { client, portal } = clientParty();
    portal.next('/token', json({ access_token: 'secret-token' }));
    const error = await client.send(sampleDocument).catch((reason: unknown) => reason as PortalError);
    expect((error as PortalError).answer).toMatchObject({ status: 200, text: '' });
  });
});

describe('onStep', () => {
  test('tells every request', async () => {
    const events: EkdoStepEvent[] = [];
    const { client, portal } = clientParty({ onStep: (event) => events.push(event) });
    portal.next('/docs', json({}, 401)).next('/docs/id-1/signature', response('', { status: 500 }));
    await client.send(sampleDocument).catch(() => {});
    expect(events).toMatchObject([
      { step: 'token', httpStatus: 200 },
      { step: 'document', attempt: 1, httpStatus: 401 },
      { step: 'token', httpStatus: 200 },
      { step: 'document', attempt: 2, httpStatus: 201 },
      { step: 'signature', httpStatus: 500, code: 'ERR_PORTAL_UNAVAILABLE', delivery: 'unknown' },
    ]);
  });

  test('tells of an answer of success that cannot be read', async () => {
    const events: EkdoStepEvent[] = [];
    const { client, portal } = clientParty({ onStep: (event) => events.push(event) });
    portal.next('/docs', json({}, 201));
    await client.send(sampleDocument).catch(() => {});
    expect(events.at(-1)).toMatchObject({
      step: 'document',
      httpStatus: 201,
      code: 'ERR_PORTAL_ID_MISSING',
      delivery: 'unknown',
    });
  });

  test('decides nothing', async () => {
    const onStep = () => {
      throw new Error('of a log');
    };
    expect((await clientParty({ onStep }).client.send(sampleDocument)).id).toBe('id-1');
  });
});
