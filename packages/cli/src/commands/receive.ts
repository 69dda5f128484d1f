import { createServer, type Server } from 'node:http';

import {
  createPushReceiver,
  type ServedExchange,
  serverTimeouts,
  toNodeListener,
} from '@egov-gateway/client/receiver';
import type { MessageJournal } from '@egov-gateway/core';
import { acceptUnverified, createEnvelopeSigner } from '@egov-gateway/wsse';

import { readVerifier } from '../async-connection.ts';
import type { Command, CommandContext } from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { journalHelpAlone, withJournal } from '../journal-file.ts';
import { bind, readPort } from '../listening.ts';
import { instant, row } from '../message-report.ts';
import { listOption, type OptionValues, switchOption, textOption } from '../option-values.ts';
import { configOption, journalOptions, signingKeyOptions, trustOptions } from '../setting-options.ts';
import { withSettings } from '../settings.ts';
import { readSigningKey, signingKeyHelp, signingSuites } from '../signing-key.ts';
import { trustHelp } from '../trust.ts';
import { UsageError } from '../usage-error.ts';
import { aborted, notingTroubles } from '../worker-watch.ts';

/** `egw receive --port N --journal FILE --trust CERT…` */
export const receive: Command = {
  usage: 'receive --port N --journal FILE --trust CERT… [--key FILE] [--host H] [--path P] [--json]',
  summary:
    'Receives what the gateway pushes, until Ctrl-C: verifies each message, stores it, only then answers, and prints one\n' +
    'line for it. Serves plain HTTP: put TLS in front of it. Messages wait in the journal for the handler of your\n' +
    'application.',
  help: [
    '--port N              port, 0 for a free one',
    '--host H              address; 127.0.0.1 by default',
    '--path P              the only path that is served, such as /push/; every path by default',
    '--allow-sender ID     senderId that is let in; repeat it for several; everybody who is verified by default',
    '--json                one JSON object a line on stdout; the first one says where it listens',
    ...journalHelpAlone,
    ...trustHelp,
    '--no-verification     take what nobody vouches for: only where the network lets nobody else in',
    'Answers are signed when there is a key:',
    ...signingKeyHelp,
  ],
  options: {
    port: { type: 'string' },
    host: { type: 'string' },
    path: { type: 'string' },
    'allow-sender': { type: 'string', multiple: true },
    json: { type: 'boolean' },
    'no-verification': { type: 'boolean' },
    ...journalOptions,
    ...trustOptions,
    ...signingKeyOptions,
    ...configOption,
  },
  async run(given, positionals, context) {
    if (positionals.length > 0) throw new UsageError('receive takes options only');
    const values = await withSettings(given, context);
    const port = readPort(textOption(values, 'port'));
    if (port === undefined) throw new UsageError('--port N is missing (0 for a free one)');
    return withJournal(values, context, { create: true }, async (journal) => {
      const receiver = await createReceiver(journal, values, context);
      const server = createServer(serverTimeouts(), toNodeListener(receiver));
      const url = await bind(server, { port, host: textOption(values, 'host') ?? '127.0.0.1' });
      const address = new URL(textOption(values, 'path') ?? '/', url).href;
      if (switchOption(values, 'json')) context.console.jsonLine({ url: address, wsdl: `${address}?wsdl` });
      else context.console.note(`listening on ${address}, WSDL: ${address}?wsdl, Ctrl-C ends`);
      try {
        await notingTroubles(context.console, () => aborted(context.signal));
      } finally {
        // What is under way is answered; nothing new is taken.
        await Promise.all([receiver.close(), closed(server)]);
      }
      return exitCodes.done;
    });
  },
};

async function createReceiver(journal: MessageJournal, values: OptionValues, context: CommandContext) {
  const keyFile = textOption(values, 'key');
  const path = textOption(values, 'path');
  if (path !== undefined && !path.startsWith('/')) throw new UsageError('--path begins with a slash');
  const senders = listOption(values, 'allow-sender');
  const verifier = await readVerifier(values, context);
  const asJson = switchOption(values, 'json');
  return createPushReceiver({
    journal,
    ...(verifier === undefined ? { verification: 'off' as const, acceptUnverified } : { verifier }),
    ...(keyFile === undefined
      ? {}
      : {
          signer: createEnvelopeSigner({
            key: await readSigningKey(keyFile, values, context),
            ...signingSuites(values),
          }),
        }),
    ...(path === undefined ? {} : { path }),
    ...(senders.length === 0 ? {} : { allowedSenders: senders }),
    onExchange: (exchange) => print(exchange, asJson, context),
  });
}

function print(exchange: ServedExchange, asJson: boolean, { console }: CommandContext): void {
  const { outcome, httpStatus, operation, serviceId, messageId, correlationId, localKey, reason } = exchange;
  if (asJson) {
    console.jsonLine({
      at: instant(exchange.atMs),
      outcome,
      operation: operation ?? null,
      serviceId: serviceId ?? null,
      messageId: messageId ?? null,
      correlationId: correlationId ?? null,
      key: localKey ?? null,
      reason: reason ?? null,
      httpStatus,
      durationMs: Math.round(exchange.durationMs),
    });
    return;
  }
  const cells = [serviceId, messageId, correlationId, localKey].map((cell) => cell ?? '—');
  const line = row([instant(exchange.atMs), outcome, ...(reason === undefined ? [] : [reason]), ...cells]);
  if (outcome === 'refused' || outcome === 'failed') console.note(line);
  else if (outcome !== 'described') console.line(line);
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}
