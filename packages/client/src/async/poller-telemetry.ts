/**
 * What the poller publishes on `node:diagnostics_channel`.
 *
 * @module
 */
import { channel } from 'node:diagnostics_channel';

import { channelNames, GatewayError, type WorkerErrorEvent } from '@egov-gateway/core';

import { publishStates } from '../receiver/receiver-telemetry.ts';
import type { StoredPage } from './store-page.ts';

const workerError = channel(channelNames.workerError);

/** Tells of an error that the poller goes on after. @internal */
export function publishPollerError(error: unknown): void {
  if (!workerError.hasSubscribers) return;
  const code = error instanceof GatewayError ? error.code : 'UNEXPECTED';
  const event: WorkerErrorEvent = { worker: 'poller', code, error };
  workerError.publish(event);
}

/** Tells which messages entered another state. @internal */
export function publishPolled(changed: StoredPage['changed']): void {
  for (const change of changed) publishStates([change], change.serviceId);
}
