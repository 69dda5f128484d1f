import { assertOptions, type Service } from '@egov-gateway/core';
import { commonSuccessCodes, defineService, type IdentityMode } from '@egov-gateway/payload';

import { type ConsentAnswer, type ConsentStatuses, consentAnswer } from './consent-answer.ts';
import { type ConsentRequest, consentRequest } from './consent-request.ts';
import { consentWrapper, syncChannelWrapper } from './contract.ts';

/** What differs between the stands and the owners' descriptions of the service. */
export interface ConsentServiceOptions extends ConsentStatuses {
  /** `serviceId` in the registry. Default: `KDP_SERVICE`. */
  readonly id?: string | undefined;
  /**
   * What a request goes out in: `SendMessage` of SyncChannel v10, which the known clients send, or `sendMessageRequest` of
   * КДП, which one of them has prepared and does not send. Answers are taken in both. Default: `sync-channel`.
   */
  readonly wrapper?: 'sync-channel' | 'kdp' | undefined;
  /**
   * Whether `data` says `xsi:type="getUserDataRequest"`. Both have been seen. Default: it does.
   */
  readonly xsiType?: boolean | undefined;
  /**
   * Whether, in the wrapper of КДП, the elements of a request down to `data` are in its namespace. Those of the answer
   * are, and those of a request that nobody was seen to send. Default: `qualified`.
   */
  readonly unverifiedParts?: 'qualified' | 'unqualified' | undefined;
  /** The same of the fields inside `data`. Default: as the parts with `kdp`; `unqualified`, as seen, with `sync-channel`. */
  readonly unverifiedFields?: 'qualified' | 'unqualified' | undefined;
  /** `status/code` of the message that means success. Default: `SCSS001`, `SUCCESS`, `Success`, and an empty status. */
  readonly successCodes?: readonly string[] | undefined;
  /** How much of IIN and BIN is checked before sending. Default: `strict`. */
  readonly identity?: IdentityMode | undefined;
}

/** The service of access control to personal data, with what its statuses mean. */
export interface ConsentService extends Service<ConsentRequest, ConsentAnswer> {
  readonly statuses: ConsentStatuses;
}

const optionNames = Object.keys({
  id: true,
  wrapper: true,
  xsiType: true,
  unverifiedParts: true,
  unverifiedFields: true,
  successCodes: true,
  identity: true,
  successStatuses: true,
  refusedStatuses: true,
  pendingStatuses: true,
} satisfies Record<keyof ConsentServiceOptions, true>);

/**
 * `KDP_SERVICE`, the state service of access control to personal data (государственный сервис контроля доступа к
 * персональным данным, КДП), as your stand has it.
 *
 * @throws {TypeError} when an option is unknown or has no meaning
 * @see Rules No 123, п.45-7
 * @example
 * ```ts
 * const service = createConsentService({ wrapper: 'kdp', refusedStatuses: ['AS_THE_OWNER_TELLS_YOU'] });
 * ```
 */
export function createConsentService(options: ConsentServiceOptions = {}): ConsentService {
  assertOptions('createConsentService', options, optionNames);
  const { id = 'KDP_SERVICE', wrapper = 'sync-channel', identity = 'strict' } = options;
  if (wrapper !== 'sync-channel' && wrapper !== 'kdp') {
    throw new TypeError("wrapper must be 'sync-channel' or 'kdp'");
  }
  const isOwn = wrapper === 'kdp';
  if (!isOwn && options.unverifiedParts !== undefined) {
    throw new TypeError("unverifiedParts is for wrapper: 'kdp'; those of SyncChannel are known");
  }
  const parts = qualification('unverifiedParts', options.unverifiedParts ?? 'qualified');
  const fields = qualification(
    'unverifiedFields',
    options.unverifiedFields ?? (isOwn ? parts : 'unqualified'),
  );
  const { xsiType = true, successCodes = [...commonSuccessCodes, ''] } = options;
  const statuses = statusesOf(options);
  const service = defineService({
    id,
    request: consentRequest({ identity, xsiType, fields }),
    response: consentAnswer(statuses, isOwn ? 'qualified' : 'unqualified'),
    successCodes,
    wrapper: isOwn ? consentWrapper(parts) : syncChannelWrapper,
  });
  return Object.freeze({ ...service, statuses });
}

/** {@link createConsentService} with its defaults. */
export const consentService: ConsentService = createConsentService();

function qualification(name: string, value: string): 'qualified' | 'unqualified' {
  if (value === 'qualified' || value === 'unqualified') return value;
  throw new TypeError(`${name} must be 'qualified' or 'unqualified'`);
}

function statusesOf(options: ConsentStatuses): ConsentStatuses {
  const { successStatuses, refusedStatuses = [], pendingStatuses = [] } = options;
  if (successStatuses?.length === 0)
    throw new TypeError('successStatuses must name at least one, or be left out');
  const all = [...(successStatuses ?? []), ...refusedStatuses, ...pendingStatuses];
  if (all.some((status) => typeof status !== 'string')) throw new TypeError('statuses must be text');
  if (new Set(all).size < all.length) throw new TypeError('a status can mean only one thing');
  return Object.freeze({ successStatuses, refusedStatuses, pendingStatuses });
}
