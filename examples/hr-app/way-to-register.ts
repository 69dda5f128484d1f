import type { Gateway } from '@egov-gateway/client/preset';
import type { SigningKey } from '@egov-gateway/core';
import type { Emulator } from '@egov-gateway/emulator';
import type { WorkCalendar } from '@egov-gateway/labor-contracts';

/** How contracts get to ЕСУТД. */
export interface WayToRegister {
  readonly gateway: Gateway;
  readonly serviceId: string;
  readonly employerBin: string;
  /** Signs contracts. The key of the transport signs envelopes, and is another one in reality. */
  readonly employerKey: SigningKey;
  /** Which days are worked: some terms are of working days. */
  readonly calendar: WorkCalendar;
  /** What stands in place of the gateway, in a rehearsal. */
  readonly emulator?: Emulator;
  close(): Promise<void>;
}
