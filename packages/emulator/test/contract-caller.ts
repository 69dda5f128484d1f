/**
 * Requests about labour contracts as an employer's system would send them, right and wrong: written by hand, because the
 * package that sends them refuses to write wrong ones.
 *
 * @module
 */
import { createGateway } from '@egov-gateway/client/preset';
import { BusinessError, type Clock, fixedClock, GatewayFault, type SigningKey } from '@egov-gateway/core';
import { loadPkcs12 } from '@egov-gateway/keys';
import { contractNamespace, createLaborContracts } from '@egov-gateway/labor-contracts';
import { signPayload } from '@egov-gateway/payload';
import { fixture } from '@egov-gateway/testing';

import { createEmulator, type Emulator, type EmulatorOptions } from '../src/index.ts';

/** Tuesday, 13 January 2026, in the morning. */
export const clock = fixedClock(Date.UTC(2026, 0, 13, 5));

/** An element by name; `undefined` leaves it out. */
export interface Fields {
  readonly [name: string]: string | Fields | undefined;
}

const employerData = { bin: '991340000017' };
const post = { position: '2511-1-002', establishedPost: '2511-1-002' };

export const register = {
  newContractData: {
    employerData,
    employeeData: { iin: '001300900011' },
    contractData: {
      contractNumber: 'ЕШ-001/26',
      contractDate: '2026-01-12+05:00',
      beginDate: '2026-01-13+05:00',
      ...post,
    },
    documentData: { conscript: '1' },
  },
} satisfies Fields;

export const change = (contractId: string) =>
  ({
    subsidiaryContractData: {
      employerData,
      contractId,
      subsidiaryContractNumber: 'ДС-1',
      subsidiaryContractDate: '2026-01-13+05:00',
      beginDate: '2026-01-13+05:00',
      ...post,
    },
  }) satisfies Fields;

export const terminate = (contractId: string) =>
  ({
    terminationContractData: {
      employerData,
      contractId,
      terminationDate: '2026-01-13+05:00',
      terminationReason: '05',
    },
  }) satisfies Fields;

/** A copy with one field replaced, added, or left out. */
export function changed(fields: Fields, path: string, value: string | Fields | undefined): Fields {
  const [name = '', ...rest] = path.split('/');
  const within = fields[name];
  const next =
    rest.length === 0 ? value : changed(typeof within === 'object' ? within : {}, rest.join('/'), value);
  return { ...fields, [name]: next };
}

/** The document of a request, not signed. */
export function documentOf(request: Fields): string {
  return `<ns3:contractRequest xmlns:ns3="${contractNamespace}">${elementsOf(request)}</ns3:contractRequest>`;
}

function elementsOf(fields: Fields): string {
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => {
      const content =
        typeof value === 'object'
          ? elementsOf(value)
          : (value ?? '').replace(/[&<]/g, (c) => `&#${c.charCodeAt(0)};`);
      return `<${name}>${content}</${name}>`;
    })
    .join('');
}

export function keyCalled(name: string): Promise<SigningKey> {
  return loadPkcs12(fixture(`keys/${name}.p12`), 'test-only');
}

/** How a request ended: the id, or the code it was refused with. */
export interface Ending {
  readonly id?: string | undefined;
  readonly code?: string;
  readonly message?: string;
}

/** An emulator at {@link clock}, and an employer's system that calls it on the synchronous channel. */
export class ContractCaller {
  readonly emulator: Emulator;
  readonly clock: Clock;
  readonly #gateway: ReturnType<typeof createGateway>;

  constructor(emulator: Emulator, at: Clock = clock) {
    this.emulator = emulator;
    this.clock = at;
    this.#gateway = createGateway({
      ...emulator.connection(),
      transport: emulator.transport(),
      clock: { now: () => this.clock.now() },
    });
  }

  static async of(
    laborContracts: EmulatorOptions['laborContracts'] = {},
    options: EmulatorOptions = {},
  ): Promise<ContractCaller> {
    return new ContractCaller(await createEmulator({ clock, laborContracts, ...options }));
  }

  /** Signs and sends. */
  async send(request: Fields, key: SigningKey = this.emulator.testSystem.signingKey): Promise<Ending> {
    return this.post(await signPayload(documentOf(request), key, { clock: this.clock }));
  }

  /** The code that a request is refused with. */
  async refusal(request: Fields, key?: SigningKey): Promise<string | undefined> {
    return (await this.send(request, key)).code;
  }

  /** Sends a document, whatever it is. */
  async post(document: string | Uint8Array): Promise<Ending> {
    const { emulator } = this;
    const { service } = createLaborContracts({ serviceId: emulator.laborContracts.serviceId });
    const anything = { ...service, request: { ...service.request, validate: () => [] } };
    try {
      return { id: (await this.#gateway.call(anything, document)).registeredId };
    } catch (error) {
      if (error instanceof BusinessError) return { code: error.statusCode, message: error.statusMessage };
      if (error instanceof GatewayFault) return { code: `fault ${error.errorInfo?.errorCode}` };
      throw error;
    }
  }
}
