/** A registry whose other side does what it is told. */
import {
  BusinessError,
  fixedClock,
  GatewayFault,
  type MessageJournal,
  newLocalKey,
  SendError,
  type SigningKey,
} from '@egov-gateway/core';
import { createMemoryJournal } from '@egov-gateway/journal';
import { loadPkcs12 } from '@egov-gateway/keys';
import { fixture, syncAnswer } from '@egov-gateway/testing';
import { parseXml } from '@egov-gateway/xml';

import {
  ContractRegistry,
  type ContractRegistryOptions,
  createLaborContracts,
  type LaborContracts,
  type NewContractData,
  type RecordedCall,
  type SubsidiaryContractData,
  type SyncContractGateway,
  type TerminationContractData,
} from '../src/index.ts';

export const employerKey: SigningKey = await loadPkcs12(fixture('keys/organisation.p12'), 'test-only');
export const otherKey: SigningKey = await loadPkcs12(fixture('keys/other-bin.p12'), 'test-only');

export const nowMs: number = Date.UTC(2026, 0, 13, 5);
export const contracts: LaborContracts = createLaborContracts({
  serviceId: 'CONTRACTS',
  clock: fixedClock(nowMs),
});
export const contract: NewContractData = {
  employerData: { bin: '991340000017' },
  employeeData: { iin: '001300900011' },
  contractData: {
    contractNumber: 'ЕШ-001/26',
    contractDate: '2026-01-12+05:00',
    beginDate: '2026-01-13+05:00',
    position: '2511-1-002',
    establishedPost: '2511-1-002',
  },
  documentData: { conscript: '1' },
};
export const termination: TerminationContractData = {
  employerData: { bin: '991340000017' },
  contractId: 'id-1',
  terminationDate: '2026-01-13+05:00',
  terminationReason: '05',
};

export const agreement: SubsidiaryContractData = {
  employerData: { bin: '991340000017' },
  contractId: 'id-1',
  subsidiaryContractNumber: 'ДС-1',
  subsidiaryContractDate: '2026-01-13',
  beginDate: '2026-01-13',
  position: '2511-1-002',
  establishedPost: '2511-1-002',
};

/** The other side: records as the client does, and answers with an id or what it is told to throw. */
export class Remote implements SyncContractGateway {
  readonly sent: RecordedCall[] = [];
  readonly failures: unknown[] = [];
  hold: Promise<void> | undefined;
  readonly #journal: MessageJournal | undefined;

  constructor(journal: MessageJournal | undefined) {
    this.#journal = journal;
  }

  callWithInfo: SyncContractGateway['callWithInfo'] = async (service, document, call = {}) => {
    const { key: localKey = newLocalKey(), reference } = call;
    const event = { localKey, serviceId: service.id, channel: 'sync', atMs: nowMs, messageId: 'm' } as const;
    await this.#journal?.append({ ...event, kind: 'signed', reference, bytes: envelope(document) });
    this.sent.push(call);
    await this.hold;
    const failure = this.failures.shift();
    if (failure !== undefined) {
      await this.#journal?.append({ ...event, ...outcomeEvent(failure) });
      throw failure;
    }
    const answer = `&lt;a&gt;&lt;b/&gt;&lt;c&gt;&lt;id&gt;id-${this.sent.length}&lt;/id&gt;&lt;/c&gt;&lt;/a&gt;`;
    const bytes = syncAnswer({ data: answer });
    await this.#journal?.append({ ...event, kind: 'answered', delivery: 'answered', bytes });
    const [data] = [...walk(parseXml(bytes).root)].filter(({ localName }) => localName === 'data');
    if (data === undefined) throw new Error('no data');
    return { value: service.response.read(data), messageId: 'm' };
  };
}

/** The document as escaped text where the channel has it. */
function envelope(document: string | Uint8Array): Uint8Array {
  const text = typeof document === 'string' ? document : new TextDecoder().decode(document);
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return new TextEncoder().encode(
    `<E><Body><requestInfo/><requestData><data>${escaped}</data></requestData></Body></E>`,
  );
}

function* walk(root: ReturnType<typeof parseXml>['root']): Generator<typeof root> {
  yield root;
  for (const child of root.children()) yield* walk(child);
}

function outcomeEvent(failure: unknown) {
  if (failure instanceof BusinessError) {
    return { kind: 'refused', code: failure.statusCode, delivery: 'answered' } as const;
  }
  if (failure instanceof GatewayFault) {
    return { kind: 'refused', code: failure.faultCode, delivery: 'answered' } as const;
  }
  if (failure instanceof SendError) {
    return { kind: 'failed', code: failure.code, delivery: failure.delivery } as const;
  }
  return { kind: 'failed', code: 'ABORTED', delivery: 'unknown' } as const;
}

export const refusal = (code: string): BusinessError => new BusinessError({ code, message: 'words' }, {});
export const broken = (delivery: 'not-sent' | 'unknown'): SendError =>
  new SendError('x', { code: 'ERR_SEND_NETWORK', delivery });
export const fault: GatewayFault = new GatewayFault(
  { faultCode: 'SCE007', faultString: 'words' },
  { verified: true },
);

/** Its other side, and registries over one journal, as in several processes. */
export function party(options: Partial<ContractRegistryOptions> = {}): {
  readonly journal: MessageJournal;
  readonly remote: Remote;
  readonly make: () => ContractRegistry;
  readonly registry: ContractRegistry;
} {
  const journal = createMemoryJournal();
  const remote = new Remote(journal);
  const make = () => new ContractRegistry({ contracts, gateway: remote, journal, employerKey, ...options });
  return { journal, remote, make, registry: make() };
}
