import { integerOption } from '@egov-gateway/core';
import { kazakhstanOffset, parseMessageDate } from '@egov-gateway/envelope';

import type { PushReceiverOptions } from './push-receiver.ts';

/** Whether messages of a service are taken. @internal */
export type ServiceCheck = (serviceId: string) => boolean;
/** Whether something of this date is taken now. @internal */
export type DateCheck = (date: string, nowMs: number) => boolean;

const DEFAULT_AGE_MS = 30 * 86_400_000;

/** @throws {TypeError} when it is no list of ids, no function and not `all` @internal */
export function servedBy(services: PushReceiverOptions['services'] = 'all'): ServiceCheck {
  if (services === 'all') return () => true;
  if (typeof services === 'function') return (serviceId) => services(serviceId) === true;
  const isList = Array.isArray(services) && services.every((id) => typeof id === 'string' && id !== '');
  if (!isList || services.length === 0) {
    throw new TypeError(
      "services must be a list of serviceId values that is not empty, a function, or 'all'",
    );
  }
  const known = new Set(services);
  return (serviceId) => known.has(serviceId);
}

/** @throws {TypeError} when `maxPushAgeMs` is out of range @internal */
export function freshness({
  maxPushAgeMs,
  utcOffset = kazakhstanOffset,
}: Pick<PushReceiverOptions, 'maxPushAgeMs' | 'utcOffset'>): DateCheck {
  if (maxPushAgeMs === false) return () => true;
  const range = { max: Number.MAX_SAFE_INTEGER };
  const maxAgeMs = integerOption('maxPushAgeMs', maxPushAgeMs, DEFAULT_AGE_MS, range);
  return (date, nowMs) => {
    const atMs = parseMessageDate(date, { assumeOffset: utcOffset })?.atMs ?? Number.NaN;
    return Math.abs(nowMs - atMs) <= maxAgeMs;
  };
}
