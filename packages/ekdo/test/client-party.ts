import { makeSamplePdf } from '@egov-gateway/testing/pdf';

import type { EkdoClientOptions } from '../src/client/client-options.ts';
import { EkdoClient } from '../src/client/ekdo-client.ts';
import type { EkdoDocument } from '../src/client/portal-codec.ts';
import { unverifiedJsonCodecs, unverifiedRoutes } from '../src/client/unverified-presets.ts';
import { type ScriptedPortal, scriptedPortal } from './scripted-portal.ts';
import { testSigner } from './test-signer.ts';

/** A document that may be sent. */
export const samplePdf: Uint8Array = makeSamplePdf({ conformance: 'A', title: 'EMU' });

export const sampleDocument: EkdoDocument = { bytes: samplePdf, fileName: 'Приказ от 12.01.2026.pdf' };

export const password = 'test-only-password';

/** A client in front of a scripted portal. */
export function clientParty(options: Partial<EkdoClientOptions> = {}): {
  readonly client: EkdoClient;
  readonly portal: ScriptedPortal;
  readonly make: () => EkdoClient;
} {
  const portal = scriptedPortal();
  const make = (): EkdoClient =>
    new EkdoClient({
      baseUrl: 'https://portal.example/',
      credentials: { login: 'login', password, userId: 'U-1' },
      routes: unverifiedRoutes,
      codecs: unverifiedJsonCodecs,
      transport: portal,
      signDetached: testSigner(),
      ...options,
    });
  return { client: make(), portal, make };
}
