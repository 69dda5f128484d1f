import type { Transport } from '@egov-gateway/core';
import { EkdoClient, type EkdoClientOptions, type EkdoDocument } from '@egov-gateway/ekdo';
import { makeSamplePdf } from '@egov-gateway/testing/pdf';

import type { EkdoPortal } from '../src/ekdo/ekdo-portal.ts';

/** A document that may be sent. */
export function sampleDocument(title: string = 'EMU'): EkdoDocument {
  return { bytes: makeSamplePdf({ conformance: 'A', title }), fileName: `${title}.pdf` };
}

/** A client of a portal, in memory unless it is given a transport. */
export function portalClient(
  portal: EkdoPortal,
  options: Partial<EkdoClientOptions> = {},
  transport: Transport = portal.transport(),
): EkdoClient {
  return new EkdoClient({
    ...portal.connection(),
    transport,
    signDetached: portal.signDetached(),
    ...options,
  });
}
