/**
 * A small HR application: people and contracts in SQLite, registration through the gateway, states, deadlines; one page.
 *
 *     npm run example -- hr-app                              goes through it by itself, and ends
 *     npm run example -- hr-app --serve [--port N]           stays up, for a browser
 *     npm run example -- hr-app --serve --data FOLDER        keeps its data there
 *
 * With EGW_ENDPOINT set, a gateway takes the place of the emulator and of the made-up people: see own-gateway.ts. What was
 * rehearsed is kept in a folder of its own: none of it is ever sent to anybody real.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { openJournal } from '@egov-gateway/journal';
import { ContractRegistry, createLaborContracts } from '@egov-gateway/labor-contracts';

import { startApplication } from './application.ts';
import { todayInKazakhstan } from './deadlines.ts';
import { liveFirstDay } from './first-day.ts';
import type { RunningServer } from './http/server.ts';
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

// People, and a journal of what was sent for them: for the owner of the process only.
process.umask(0o077);
const port = Number(options.port);
if (!(Number.isInteger(port) && port >= 0 && port < 65_536))
  throw new TypeError('--port is a number up to 65535');

const isRehearsal = !isOwnGateway(process.env);
if (!isRehearsal && !(options.serve && options.data !== undefined)) {
  // What goes through by itself must not go to anybody real, and a journal that is thrown away remembers nothing.
  throw new TypeError('with EGW_ENDPOINT, give --serve and --data FOLDER');
}

const temporary = options.data === undefined ? await mkdtemp(join(tmpdir(), 'hr-app-')) : undefined;
const folder = join(temporary ?? options.data ?? '', isRehearsal ? 'rehearsal' : 'live');
await mkdir(folder, { recursive: true });

const journal = await openJournal(join(folder, 'messages.journal'));
const store = await Store.open(join(folder, 'hr.db'));
const way = isRehearsal
  ? await openRehearsalGateway(folder, journal, todayInKazakhstan())
  : await openOwnGateway(process.env, journal);
const { gateway, serviceId, employerBin, employerKey, emulator, calendar } = way;
const contracts = createLaborContracts({ serviceId, calendar });
const parts = {
  store,
  registry: new ContractRegistry({ contracts, gateway, journal, employerKey }),
  employerBin,
  today: todayInKazakhstan,
  calendar,
  isRehearsal,
};
if (emulator !== undefined) await liveFirstDay(parts, emulator);
let server: RunningServer | undefined;
try {
  server = await startApplication(parts, port);
} catch (error) {
  await close();
  throw error;
}

async function close(): Promise<void> {
  await server?.close();
  await way.close();
  store.close();
  await journal.close();
  if (temporary !== undefined) await rm(temporary, { recursive: true });
}

if (options.serve) {
  console.log(`${server.url}   Ctrl-C ends it`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close());
} else {
  await walkThrough(server.url, { today: todayInKazakhstan() });
  await close();
}
