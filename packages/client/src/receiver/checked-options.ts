import {
  type EnvelopeVerifier,
  integerOption,
  systemTimers,
  type Timers,
  type UnverifiedBody,
} from '@egov-gateway/core';

import type { EndpointLimits, EndpointOptions } from './endpoint-options.ts';
import { defaultFaults } from './fault-codes.ts';

type Verification =
  | { readonly verifier: EnvelopeVerifier; readonly acceptUnverified?: undefined }
  | { readonly verifier?: undefined; readonly acceptUnverified: (envelope: Uint8Array) => UnverifiedBody };

/** Options that make sense, with their defaults. @internal */
export type CheckedOptions = Omit<EndpointOptions, keyof EndpointLimits | 'verifier' | 'acceptUnverified'> & {
  readonly [Name in keyof EndpointLimits]-?: number;
} & Verification & { readonly timers: Timers; readonly address: string | undefined };

/**
 * @throws {TypeError} when a part is missing that was not switched off, is there although it was, or a limit is out of range
 * @internal
 */
export function checkOptions(options: EndpointOptions): CheckedOptions {
  const { path, address, allowedSenders, timers = systemTimers } = options;
  if (path !== undefined && !path.startsWith('/')) throw new TypeError('path must begin with a slash');
  if (Array.isArray(allowedSenders) && allowedSenders.length === 0) {
    throw new TypeError(
      'allowedSenders is an empty list, which would let nobody in; leave it out or fill it',
    );
  }
  for (const reason of Object.keys(options.faults ?? {})) {
    if (Object.hasOwn(defaultFaults, reason)) continue;
    throw new TypeError(
      `faults has no ${JSON.stringify(reason)}; there are ${Object.keys(defaultFaults).join(', ')}`,
    );
  }
  const { verifier: _verifier, acceptUnverified: _acceptUnverified, ...rest } = options;
  return {
    ...rest,
    ...checkVerification(options),
    timers,
    address: address === undefined ? undefined : String(address),
    maxBodyBytes: integerOption('maxBodyBytes', options.maxBodyBytes, 16 * 1024 * 1024),
    bodyTimeoutMs: integerOption('bodyTimeoutMs', options.bodyTimeoutMs, 60_000),
    minBytesPerSecond: integerOption('minBytesPerSecond', options.minBytesPerSecond, 1024, { min: 0 }),
    bodyGraceMs: integerOption('bodyGraceMs', options.bodyGraceMs, 5000),
    maxReading: integerOption('maxReading', options.maxReading, 1024),
    maxConcurrent: integerOption('maxConcurrent', options.maxConcurrent, 64),
    maxBufferedBytes: integerOption('maxBufferedBytes', options.maxBufferedBytes, 256 * 1024 * 1024),
  };
}

function checkVerification(options: EndpointOptions): Verification {
  const { verification = 'required', verifier, acceptUnverified } = options;
  if (verification !== 'required' && verification !== 'off') {
    throw new TypeError("verification must be 'required' or 'off'");
  }
  if (verification === 'required') {
    if (verifier === undefined) {
      throw new TypeError("verifier is missing; or say verification: 'off'");
    }
    if (acceptUnverified !== undefined) {
      throw new TypeError("acceptUnverified has no use without verification: 'off'");
    }
    return { verifier };
  }
  if (verifier !== undefined) throw new TypeError("verifier has no use with verification: 'off'");
  if (acceptUnverified === undefined) {
    throw new TypeError("acceptUnverified is missing, which verification: 'off' needs");
  }
  return { acceptUnverified };
}
