import type { DeliveryState } from '@egov-gateway/core';

import type { FaultDescription } from '../outcome.ts';
import type { DeliveryStatus } from './stored-message.ts';

/** `statusCode` and `statusMessage` of each state. No value of the real gateway is known: these are the emulator's own. */
export const deliveryStatuses: Readonly<
  Record<DeliveryState, { readonly code: string; readonly message: string }>
> = {
  ON_DELIVERY: { code: 'EMU-ON-DELIVERY', message: 'emulator: the message is on its way to the receiver' },
  DELIVERED: { code: 'EMU-DELIVERED', message: 'emulator: the receiver has the message' },
  NOT_DELIVERED: { code: 'EMU-NOT-DELIVERED', message: 'emulator: the receiver refused the message' },
  DELIVERY_STOPPED: {
    code: 'EMU-DELIVERY-STOPPED',
    message: 'emulator: the receiver could not be reached, and no further attempt is made',
  },
};

/** @internal */
export function statusOf(state: DeliveryState, atMs: number, error?: FaultDescription): DeliveryStatus {
  const status = { ...deliveryStatuses[state], atMs };
  if (error === undefined) return status;
  return { ...status, error: { errorCode: error.errorCode, errorMessage: error.errorMessage } };
}
