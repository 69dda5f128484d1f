import {
  type Clock,
  type Service,
  type SignatureSuite,
  type SigningKey,
  systemClock,
  ValidateError,
  type XmlElement,
} from '@egov-gateway/core';
import { dateAt, defineService, type IdentityMode, signPayload } from '@egov-gateway/payload';

import type { WorkCalendar } from './deadlines/work-calendar.ts';
import {
  type ContractResponse,
  contractResponseCodec,
  type RegisteredIdSelector,
  registeredIdByPosition,
} from './exchange/contract-response.ts';
import { requestKeyIssue } from './exchange/employer-key.ts';
import {
  checkPayloadMode,
  documentIssues,
  type PayloadMode,
  signedRequestCodec,
} from './exchange/signed-request.ts';
import type { ContractRequest } from './operations/contract-request.ts';
import { RequestCodec } from './rules/check-request.ts';
import type { ContractBooks } from './rules/code-rules.ts';
import type { ContractFindings } from './rules/contract-issue.ts';
import type { KnownContract } from './rules/date-rules.ts';

/** How {@link createLaborContracts} is set up. */
export interface LaborContractsOptions {
  /** `serviceId` in the registry of the gateway. Not known publicly: ask the owner of the service. */
  readonly serviceId: string;
  /** Default: `string-escaped`. */
  readonly payloadMode?: PayloadMode;
  /** How much of IIN and BIN is checked; test stands often use invalid ones. Default: `strict`. */
  readonly identity?: IdentityMode;
  /** Reference books. Default: only the reasons of termination, which are built in. */
  readonly books?: ContractBooks;
  /** For warnings of terms that have passed. Default: none, and then there are no such warnings. */
  readonly calendar?: WorkCalendar;
  /** What day it is, and for the validity of keys. Default: the clock of the machine. */
  readonly clock?: Clock;
  /** Offset of the calendar that says what day it is. Default: `+05:00`, never the zone of the host. */
  readonly offset?: string;
  /**
   * Octets of a signed document, inclusive. Default: 102 400. The error book says 100 Kbyte; whether of 1000 or 1024 octets
   * is not known.
   */
  readonly maxPayloadBytes?: number;
  /** Where the id of a registered contract is in an answer. Default: {@link registeredIdByPosition}. */
  readonly registeredId?: RegisteredIdSelector;
  /** Algorithms of the payload signature. Default: RSA and GOST. */
  readonly suites?: readonly SignatureSuite[];
  /** Status codes that mean success. Default: `SCSS001`, the only one of the error book. */
  readonly successCodes?: readonly string[];
}

/** Requests about labour contracts, and the service that they are sent to. */
export interface LaborContracts {
  /** Takes signed documents, made by {@link LaborContracts.sign}. For `gateway.call`. */
  readonly service: Service<string | Uint8Array, ContractResponse>;
  /** Everything that is wrong with a request, and what is doubtful. */
  check(request: ContractRequest, known?: KnownContract): ContractFindings;
  /**
   * The document of a request, not signed, canonical, UTF-8.
   *
   * @throws {ValidateError} `ERR_VALIDATE_CONTRACT` with every broken rule
   */
  encode(request: ContractRequest, known?: KnownContract): Uint8Array;
  /**
   * The document of a request with the enveloped signature of the employer: what the service takes.
   *
   * @param key - the signing key of the employer, apart from the transport key. It must belong to the BIN or IIN of the
   *   request; a raw operation is checked when it has `employerData/bin`
   * @throws {ValidateError} `ERR_VALIDATE_CONTRACT` with every broken rule, the key of another employer (SCSE046), an
   *   authentication key (SCSE001), a document that is too big (SCSE999)
   * @throws {SignError} when the key cannot sign
   */
  sign(request: ContractRequest, key: SigningKey, known?: KnownContract): Promise<Uint8Array>;
  /**
   * A request from its document, as far as it is there: for servers and archives. Nothing is verified or checked; hand it
   * to {@link LaborContracts.check}, which reports what is missing.
   *
   * @throws {ParseError} when it is no `contractRequest`, or has an element twice
   */
  read(root: XmlElement): ContractRequest;
}

/**
 * Labour contracts (трудовые договоры) in ЕСУТД / АИС «ООП».
 *
 * @throws {TypeError} when an option has no meaning
 * @example
 * ```ts
 * const contracts = createLaborContracts({ serviceId: 'ID_OF_THE_SERVICE' });
 * const { issues } = contracts.check(request);
 * const document = await contracts.sign(request, employerKey);
 * ```
 */
export function createLaborContracts(options: LaborContractsOptions): LaborContracts {
  const {
    serviceId,
    payloadMode = 'string-escaped',
    identity = 'strict',
    books = {},
    calendar,
    clock = systemClock,
    offset = '+05:00',
    maxPayloadBytes = 102_400,
    registeredId = registeredIdByPosition,
    suites,
    successCodes = ['SCSS001'],
  } = options;
  checkPayloadMode(payloadMode);
  if (!(Number.isSafeInteger(maxPayloadBytes) && maxPayloadBytes > 0)) {
    throw new TypeError('maxPayloadBytes must be a positive number of octets');
  }
  // Refuses what is no offset.
  dateAt(0, offset);
  const codec = new RequestCodec({ identity, clock, offset, books, calendar });
  const service = defineService({
    id: serviceId,
    request: signedRequestCodec(payloadMode, maxPayloadBytes),
    response: contractResponseCodec(registeredId),
    successCodes,
  });
  const canonicalization = payloadMode === 'element' ? 'exclusive' : 'inclusive';

  return Object.freeze<LaborContracts>({
    service,
    check: (request, known) => codec.check(request, known),
    encode: (request, known) => codec.encode(request, known),
    read: (root) => codec.read(root),
    async sign(request, key, known) {
      const document = codec.encode(request, known);
      const issue = requestKeyIssue(request, key);
      if (issue !== undefined) throw new ValidateError([issue]);
      const signed = await signPayload(document, key, {
        clock,
        canonicalization,
        ...(suites === undefined ? {} : { suites }),
      });
      const issues = documentIssues(signed, maxPayloadBytes);
      if (issues.length > 0) throw new ValidateError(issues);
      return signed;
    },
  });
}
