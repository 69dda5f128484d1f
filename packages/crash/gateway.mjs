/** The library as an application uses it, on the journal of the play. */
import { createAsyncGateway } from '@egov-gateway/client/preset';
import { createEmulator } from '@egov-gateway/emulator';
import { openJournal } from '@egov-gateway/journal';

import { concurrency, echo } from './service.mjs';

/** @returns a gateway and its journal; both are the caller's to close */
export async function openGateway({ journalPath, gatewayUrl, onUnknown, mode }) {
  // For its built-in TEST ONLY account and keys alone.
  const emulator = await createEmulator();
  const { sender, key, trust } = emulator.connection();
  await emulator.close();
  const journal = await openJournal(journalPath);
  const gateway = createAsyncGateway({
    endpoint: gatewayUrl,
    allowInsecureHttp: true,
    sender,
    key,
    trust,
    journal,
    referenceOf: (message) => message.data,
    policies: {
      [echo.id]: {
        onUnknown,
        concurrency,
        attemptTimeoutMs: 5_000,
        maxAttempts: 1_000,
        backoff: { firstMs: 50, maxMs: 500 },
      },
    },
    outbox: {
      graceMs: 500,
      leaseMs: 1_000,
      pollMs: 50,
      sweepMs: 1_000,
      breaker: { backoff: { firstMs: 100, maxMs: 300 } },
    },
    inbox: { leaseMs: 1_000, pollMs: 50, sweepMs: 1_000, backoff: { firstMs: 50, maxMs: 500 } },
    confirmations: { leaseMs: 1_000, pollMs: 50, sweepMs: 1_000, backoff: { firstMs: 50, maxMs: 500 } },
    poll: mode === 'pull' ? { minIntervalMs: 50, maxIntervalMs: 200 } : false,
  });
  return { gateway, journal };
}
