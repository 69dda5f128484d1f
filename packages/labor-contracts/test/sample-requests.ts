/** The requests of `fixtures/labor-contracts`, on a day on which they are right. */
import { type Clock, fixedClock } from '@egov-gateway/core';
import { fixtureText } from '@egov-gateway/testing';
import { parseXml, type XmlNode } from '@egov-gateway/xml';

import {
  type ContractIssue,
  type ContractRequest,
  createLaborContracts,
  type LaborContracts,
  type LaborContractsOptions,
} from '../src/index.ts';

/** 13 January 2026, 10:00 in Kazakhstan. */
export const clock: Clock = fixedClock(Date.UTC(2026, 0, 13, 5));

/** Contracts of a service of its own, on that day. */
export function contractsOf(options: Partial<LaborContractsOptions> = {}): LaborContracts {
  return createLaborContracts({ serviceId: 'TEST', clock, ...options });
}

export const contracts: LaborContracts = contractsOf();

export const sample = (name: string): ContractRequest =>
  JSON.parse(fixtureText(`labor-contracts/${name}.json`)) as ContractRequest;
export const register: ContractRequest = sample('register');
export const change: ContractRequest = sample('change');
export const terminate: ContractRequest = sample('terminate');

/** A deep copy with one field replaced, or left out. */
export function changed(request: ContractRequest, path: string, value: unknown): ContractRequest {
  const copy = structuredClone(request);
  const keys = path.split('/');
  let at = copy as unknown as Record<string, unknown>;
  for (const key of keys.slice(0, -1)) at = at[key] as Record<string, unknown>;
  const last = keys.at(-1) as string;
  if (value === undefined) delete at[last];
  else at[last] = value;
  return copy;
}

export function codesOf(issues: readonly ContractIssue[]): string[] {
  return issues.map(({ code, rule }) => code ?? rule);
}

export function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

export function rootOf(xml: string | Uint8Array): XmlNode {
  return parseXml(typeof xml === 'string' ? new TextEncoder().encode(xml) : xml).root;
}
