/** Sends, receives and handles. Every effect of the handler goes through the transaction of its message. */
import { once } from 'node:events';
import { createServer } from 'node:http';

import { serverTimeouts, toNodeListener } from '@egov-gateway/client/receiver';

import { openGateway } from './gateway.mjs';
import { asked, echo, ready, settings } from './service.mjs';

const { port, ...parts } = settings();
const { gateway, journal } = await openGateway(parts);
await journal.commit({
  events: [],
  statements: [{ sql: 'CREATE TABLE IF NOT EXISTS effect (reference TEXT NOT NULL)', parameters: [] }],
});
gateway.on(echo, (message, tx) => {
  if (message.type === 'RESPONSE') tx.execute('INSERT INTO effect VALUES (?)', message.data);
});
const server = createServer(serverTimeouts(), toNodeListener(gateway.receiver));
server.listen(port, '127.0.0.1');
await once(server, 'listening');
gateway.start();
ready();
await asked();
server.close();
server.closeAllConnections();
await gateway.close();
await journal.close();
