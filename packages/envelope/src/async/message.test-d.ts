import type { AsyncMessageType } from '@egov-gateway/core';
import { describe, expectTypeOf, test } from 'vitest';

import type {
  AsyncDeliveryInfo,
  AsyncMessageInfo,
  AsyncReplyInfo,
  AsyncRequestInfo,
} from './message-info.ts';

const fields = { serviceId: 'S', messageDateMs: 0, sender: { senderId: 's' } };

describe('AsyncMessageInfo', () => {
  test('is a REQUEST without a chain, or another type with one', () => {
    expectTypeOf({ ...fields, messageType: 'REQUEST' as const }).toExtend<AsyncMessageInfo>();
    expectTypeOf({
      ...fields,
      messageType: 'RESPONSE' as const,
      correlationId: 'c',
    }).toExtend<AsyncMessageInfo>();
  });

  test('is no REQUEST with a chain (contradiction 6)', () => {
    // @ts-expect-error a REQUEST has no chain yet
    const info: AsyncMessageInfo = { ...fields, messageType: 'REQUEST', correlationId: 'c' };
    expectTypeOf(info).not.toBeAny();
  });

  test.each(['NOTIFICATION', 'UPDATE', 'RESPONSE'] as const)('is no %s without a chain', (messageType) => {
    // @ts-expect-error the chain is missing
    const info: AsyncMessageInfo = { ...fields, messageType };
    expectTypeOf(info).not.toBeAny();
  });

  test('narrows by its type', () => {
    const narrow = (info: AsyncMessageInfo): string | undefined => {
      if (info.messageType === 'REQUEST') {
        expectTypeOf(info).toEqualTypeOf<AsyncRequestInfo>();
        return info.correlationId;
      }
      expectTypeOf(info).toEqualTypeOf<AsyncReplyInfo>();
      return info.correlationId;
    };
    expectTypeOf(narrow).returns.toEqualTypeOf<string | undefined>();
  });
});

describe('AsyncDeliveryInfo', () => {
  test('has both ids whatever its type', () => {
    expectTypeOf<AsyncDeliveryInfo['messageType']>().toEqualTypeOf<AsyncMessageType>();
    expectTypeOf<AsyncDeliveryInfo['messageId']>().toEqualTypeOf<string>();
    expectTypeOf<AsyncDeliveryInfo['correlationId']>().toEqualTypeOf<string>();
  });
});
