import { type Delivery, fixedClock, type MessageJournal, SendError } from '@egov-gateway/core';
import { createMemoryJournal } from '@egov-gateway/journal';
import { makeSamplePdf } from '@egov-gateway/testing/pdf';

import type { EkdoClientOptions } from '../src/client/client-options.ts';
import { EkdoRegistry } from '../src/registry/ekdo-registry.ts';
import type { EkdoEntry } from '../src/registry/ready-documents.ts';
import { clientParty, sampleDocument } from './client-party.ts';
import type { ScriptedPortal } from './scripted-portal.ts';
import { testSigner } from './test-signer.ts';

export const nowMs: number = Date.UTC(2026, 0, 13, 5);
export const entry: EkdoEntry = { key: 'order-1', ...sampleDocument };
export const otherPdf: Uint8Array = makeSamplePdf({ conformance: 'A', title: 'EMU 2' });

/** A registry in front of a scripted portal. */
export interface RegistryParty {
  readonly journal: MessageJournal;
  readonly portal: ScriptedPortal;
  readonly registry: EkdoRegistry;
  /** Another process with the same journal. */
  make(): EkdoRegistry;
  /** How often something was signed. */
  signed(): number;
}

/** @param journal - default: a new one in memory */
export function registryParty(
  options: Partial<EkdoClientOptions> = {},
  journal: MessageJournal = createMemoryJournal(),
): RegistryParty {
  let signed = 0;
  const signDetached: EkdoClientOptions['signDetached'] = (bytes) => {
    signed += 1;
    return testSigner()(bytes);
  };
  const { client, portal } = clientParty({ signDetached, ...options });
  const make = (): EkdoRegistry => new EkdoRegistry({ client, journal, clock: fixedClock(nowMs) });
  return { journal, portal, make, registry: make(), signed: () => signed };
}

/** What a transport rejects with when a connection breaks. */
export function network(delivery: Delivery): SendError {
  return new SendError('x', { code: 'ERR_SEND_NETWORK', delivery });
}

/** How often a document was uploaded. */
export function uploads({ paths }: ScriptedPortal): number {
  return paths.filter((path) => path === '/docs').length;
}
