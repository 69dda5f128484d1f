/**
 * A small HR application: people and contracts in SQLite, registration through the gateway, states, deadlines; one page.
 *
 *     npm run example -- hr-app                              goes through it by itself, and ends
 *     npm run example -- hr-app --serve [--port N]           stays up, for a browser
 *     npm run example -- hr-app --serve --data FOLDER        keeps its data there
 *
 * With EGW_ENDPOINT set, a gateway takes the place of the emulator and of the made-up people: see own-gateway.ts.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { openJournal } from '@egov-gateway/journal';
import { ContractRegistry, createLaborContracts } from '@egov-gateway/labor-contracts';

import { startApplication } from './application.ts';
import { todayInKazakhstan, workCalendar } from './deadlines.ts';
import { liveFirstDay } from './first-day.ts';
import { isOwnGateway, openOwnGateway } from './own-gateway.ts';
import { openRehearsalGateway } from './rehearsal-gateway.ts';
import { Store } from './store.ts';
import { walkThrough } from './walk-through.ts';

const { values: options } = parseArgs({
  options: {
    serve: { type: 'boolean', default: false },
    port: { type: 'string', default: '0' },
    data: { type: 'string' },
  },
});

const isRehearsal = !isOwnGateway(process.env);
if (!isRehearsal && !(options.serve && options.data !== undefined)) {
  // What goes through by itself must not go to anybody real, and a journal that is thrown away remembers nothing.
  throw new TypeError('with EGW_ENDPOINT, give --serve and --data FOLDER');
}

const folder = options.data ?? (await mkdtemp(join(tmpdir(), 'hr-app-')));
await mkdir(folder, { recursive: true });

const journal = await openJournal(join(folder, 'messages.journal'));
const store = await Store.open(join(folder, 'hr.db'));
const way = isRehearsal
  ? await openRehearsalGateway(folder, journal, todayInKazakhstan())
  : await openOwnGateway(process.env, journal);
const { gateway, serviceId, employerBin, employerKey, emulator } = way;
const contracts = createLaborContracts({ serviceId, calendar: workCalendar });
const parts = {
  store,
  registry: new ContractRegistry({ contracts, gateway, journal, employerKey }),
  employerBin,
  today: todayInKazakhstan,
  isRehearsal,
};
if (emulator !== undefined) await liveFirstDay(parts, emulator);
const server = await startApplication(parts, Number(options.port));

async function close(): Promise<void> {
  await server.close();
  await way.close();
  store.close();
  await journal.close();
  if (options.data === undefined) await rm(folder, { recursive: true });
}

if (options.serve) {
  console.log(`${server.url}   Ctrl-C ends it`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close());
} else {
  await walkThrough(server.url, { today: todayInKazakhstan() });
  await close();
}
