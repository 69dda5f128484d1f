import { assertOptions, type Certificate } from '@egov-gateway/core';
import type { IdentityMode } from '@egov-gateway/payload';

import { type AskedPerson, madeUpPeople } from './made-up-people.ts';

/** The statuses inside the answers. The real ones are not published: these are the emulator's own. */
export interface EmulatedConsentStatuses {
  /** Default: `EMU_GRANTED`. */
  readonly granted?: string | undefined;
  /** Default: `EMU_REFUSED`. */
  readonly refused?: string | undefined;
  /** Default: `EMU_PENDING`. */
  readonly pending?: string | undefined;
}

/** The built-in service of consents (КДП), in both of its wrappers. */
export interface EmulatedConsentOptions {
  /** Default: `KDP_SERVICE`. */
  readonly serviceId?: string | undefined;
  /** Default: {@link madeUpPeople}. Whoever is not among them agrees. */
  readonly people?: readonly AskedPerson[] | undefined;
  /** Whether a person who has not decided is waited for, or the answer says so at once; neither is known. Default: `answer`. */
  readonly undecided?: 'answer' | 'wait' | undefined;
  readonly statuses?: EmulatedConsentStatuses | undefined;
  /**
   * What answers to `SendMessage` come in. `kdp`: the wrapper of КДП, the only one that the clients that are known read,
   * although they ask in `SendMessage`. `as-request`: `SendMessageResponse`, as with every other service, which nobody has
   * seen here. A request in the wrapper of КДП is answered in it either way. Default: `kdp`.
   */
  readonly answerWrapper?: 'as-request' | 'kdp' | undefined;
  /** Whether, in the wrapper of КДП, a request is expected in its namespace down to `data`. Default: `qualified`. */
  readonly requestParts?: 'qualified' | 'unqualified' | undefined;
  /** `verify`: an `ovt` that is there has to hold. `require`: it has to be there too. Default: `verify`. */
  readonly ovt?: 'verify' | 'require' | 'ignore' | undefined;
  /** Certificates of keys that may sign an `ovt`, beside those of the sender. Default: none. */
  readonly companies?: readonly Certificate[] | undefined;
  /** How much of IIN and BIN is checked. Default: `strict`. */
  readonly identity?: IdentityMode | undefined;
  /** What the tokens are made from. Default: `emulator`. */
  readonly seed?: string | undefined;
}

/** Options with their defaults. @internal */
export type ConsentSettings = Required<{
  [Name in keyof Omit<EmulatedConsentOptions, 'statuses'>]: NonNullable<EmulatedConsentOptions[Name]>;
}> & { readonly statuses: { readonly granted: string; readonly refused: string; readonly pending: string } };

const choices = {
  undecided: ['answer', 'wait'],
  answerWrapper: ['as-request', 'kdp'],
  requestParts: ['qualified', 'unqualified'],
  ovt: ['verify', 'require', 'ignore'],
} as const;

/** Every option of `consent`. @internal */
export const consentOptionNames: readonly string[] = Object.keys({
  serviceId: true,
  people: true,
  undecided: true,
  statuses: true,
  answerWrapper: true,
  requestParts: true,
  ovt: true,
  companies: true,
  identity: true,
  seed: true,
} satisfies Record<keyof EmulatedConsentOptions, true>);

/** @throws {TypeError} when an option is unknown or has no meaning @internal */
export function resolveConsent(options: EmulatedConsentOptions): ConsentSettings {
  assertOptions('consent', options, consentOptionNames);
  for (const [name, values] of Object.entries(choices)) {
    const value = options[name as keyof typeof choices];
    if (value !== undefined && !(values as readonly string[]).includes(value)) {
      throw new TypeError(`${name} must be ${values.map((one) => `'${one}'`).join(' or ')}`);
    }
  }
  assertOptions('statuses', options.statuses ?? {}, ['granted', 'refused', 'pending']);
  const {
    granted = 'EMU_GRANTED',
    refused = 'EMU_REFUSED',
    pending = 'EMU_PENDING',
  } = options.statuses ?? {};
  return {
    serviceId: options.serviceId ?? 'KDP_SERVICE',
    people: options.people ?? madeUpPeople,
    undecided: options.undecided ?? 'answer',
    statuses: { granted, refused, pending },
    answerWrapper: options.answerWrapper ?? 'kdp',
    requestParts: options.requestParts ?? 'qualified',
    ovt: options.ovt ?? 'verify',
    companies: options.companies ?? [],
    identity: options.identity ?? 'strict',
    seed: options.seed ?? 'emulator',
  };
}
