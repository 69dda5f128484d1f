/**
 * The built-in service of labour contracts, on both channels.
 *
 * @module
 */
import type { Certificate, Clock, Service, SignatureSuite, TrustPolicy } from '@egov-gateway/core';
import { type ContractResponse, createLaborContracts } from '@egov-gateway/labor-contracts';

import { type AsyncServiceEntry, adaptedService } from '../async/async-service.ts';
import { businessError, type Outcome } from '../outcome.ts';
import type { SystemRegistry } from '../registry.ts';
import { handledService, type RequestContext, type ServiceEntry } from '../service.ts';
import { ContractDesk } from './contract-desk.ts';
import { ContractRefusal } from './contract-refusal.ts';
import { ContractRegister, type ContractStore } from './contract-register.ts';
import { EmulatedLaborContracts } from './emulated-labor-contracts.ts';
import { RefusalLog } from './refusal-log.ts';
import { RefusalScript } from './refusal-script.ts';
import { type LaborContractsServiceOptions, resolveService } from './service-options.ts';

/** @internal */
export interface LaborContractsParts {
  readonly trust: TrustPolicy;
  readonly suites: readonly SignatureSuite[];
  readonly isRevoked: ((certificate: Certificate) => boolean | Promise<boolean>) | undefined;
  readonly registry: SystemRegistry;
  readonly clock: Clock;
  readonly utcOffset: string | undefined;
  readonly store: ContractStore | undefined;
}

/** @internal */
export interface LaborContractsService {
  readonly sync: ServiceEntry;
  readonly async: AsyncServiceEntry;
  readonly control: EmulatedLaborContracts;
}

type Channel = 'sync' | 'async';

/** @throws {TypeError} when an option does not fit @internal */
export function laborContractsService(
  options: LaborContractsServiceOptions,
  parts: LaborContractsParts,
): LaborContractsService {
  const { trust, suites, isRevoked, registry, clock, utcOffset: offset = '+05:00', store } = parts;
  const settings = resolveService(options);
  const { serviceId, books, identity, calendar, maxPayloadBytes, answer } = settings;
  const contracts = createLaborContracts({
    serviceId,
    books,
    identity,
    calendar,
    clock,
    offset,
    maxPayloadBytes,
  });
  const register = new ContractRegister(store);
  for (const contract of options.contracts ?? []) register.seed(contract);
  const script = new RefusalScript();
  const refusals = new RefusalLog();
  const judged = { trust, suites, isRevoked, maxPayloadBytes };
  const desk = new ContractDesk({ contracts, register, script, settings, trust: judged, clock, offset });
  // Whatever came is read: what is wrong with it is refused with a code of the service, not of the gateway.
  const service: Service<string | Uint8Array, ContractResponse> = {
    ...contracts.service,
    request: { ...contracts.service.request, validate: () => [] },
  };
  const answered = (registeredId: string, operation: string): ContractResponse => {
    return { registeredId, root: undefined, text: answer({ registeredId, operation }) };
  };

  const serve = async (
    document: string | Uint8Array,
    { messageId }: RequestContext,
    channel: Channel,
  ): Promise<Outcome<ContractResponse>> => {
    const atMs = Math.trunc(clock.now());
    try {
      const { registeredId, operation } = await desk.serve(document, { messageId, channel, atMs });
      return answered(registeredId, operation);
    } catch (error) {
      if (!(error instanceof ContractRefusal)) throw error;
      refusals.add(error, { messageId, channel, atMs });
      return businessError({ code: error.code, message: error.statusMessage });
    }
  };
  const entry = (channel: Channel): ServiceEntry =>
    handledService(service, (document, context) => serve(document, context, channel));
  return {
    sync: entry('sync'),
    async: adaptedService(entry('async'), registry),
    control: new EmulatedLaborContracts({ serviceId, register, script, refusals }),
  };
}
