import type { ChainPlace } from '@egov-gateway/client';
import { type AsyncGateway, settledStates } from '@egov-gateway/client/preset';
import {
  type AsyncMessageType,
  GatewayError,
  type MessageState,
  type RecordedMessage,
} from '@egov-gateway/core';
import { createMemoryJournal, type MessageJournal } from '@egov-gateway/journal';

import {
  asyncConnectionHelp,
  asyncConnectionOptions,
  readVerifier,
  withAsyncGateway,
} from '../async-connection.ts';
import type { Command, CommandContext } from '../command.ts';
import {
  type DocumentCodec,
  type DocumentPlace,
  documentCodec,
  documentOptions,
  readDocumentPlace,
} from '../document-request.ts';
import { exitCodes } from '../exit-code.ts';
import { exitCodeOfMessage } from '../exit-code-of.ts';
import { withJournal } from '../journal-file.ts';
import { reportMessage } from '../message-report.ts';
import { openData } from '../open-message.ts';
import {
  choiceOption,
  listOption,
  type OptionValues,
  onePositional,
  requiredOption,
  switchOption,
  textOption,
  wholeOption,
} from '../option-values.ts';
import { withSettings } from '../settings.ts';
import { UsageError } from '../usage-error.ts';
import { notingTroubles, watchingStates } from '../worker-watch.ts';

const types = ['REQUEST', 'NOTIFICATION', 'UPDATE', 'RESPONSE'] as const;

/** `egw call async SERVICE_ID --data FILE [--journal FILE]` */
export const callAsync: Command = {
  usage:
    'call async SERVICE_ID --data FILE [--journal FILE] [--type T --correlation-id ID] [--no-wait | --wait-ms N] [--json]',
  summary:
    'Sends ready XML over the asynchronous channel. With a journal the message is kept before anything is sent, is sent by\n' +
    'an outbox (which sends what else is due in this journal), and its outcome is waited for: the data of the answer is\n' +
    'printed. Ctrl-C ends the waiting, not the message. Without a journal it is sent at once, once, and nothing is kept.',
  help: [
    '--data FILE           the XML document of the message, - for stdin',
    '--data-style STYLE    element: its root becomes the child of data; text: escaped text (default: element)',
    '--type TYPE           REQUEST (default), NOTIFICATION, UPDATE or RESPONSE',
    '--correlation-id ID   the chain: of every message but a REQUEST',
    '--message-id ID       an id of your own, where the owner of the service recognises a repetition by it',
    '--route-id ID         routeId',
    '--property KEY=VALUE  property of the message; repeat it for several',
    '--reference TEXT      your own name of the matter, kept as it is: no personal data',
    '--subject N           IIN or BIN to find it by, kept as a keyed hash; repeat it for several',
    '--deadline-ms N       not to be sent later than so long after now',
    '--on-unknown P        hold (default) or resend, when nobody knows whether the gateway took it',
    '--no-wait             keep it and end: egw outbox run, or your application, sends it',
    '--wait-ms N           wait so long at most; without an end by default',
    '--no-poll             do not ask for the answer: it is pushed to egw receive, or to your application',
    '--poll-interval-ms N  the shortest pause between two questions; 5000 by default',
    '--json                one JSON object on stdout',
    ...asyncConnectionHelp,
  ],
  options: {
    ...documentOptions,
    type: { type: 'string' },
    reference: { type: 'string' },
    subject: { type: 'string', multiple: true },
    'deadline-ms': { type: 'string' },
    'on-unknown': { type: 'string' },
    'no-wait': { type: 'boolean' },
    'wait-ms': { type: 'string' },
    'no-poll': { type: 'boolean' },
    'poll-interval-ms': { type: 'string' },
    json: { type: 'boolean' },
    ...asyncConnectionOptions,
  },
  async run(given, positionals, context) {
    const serviceId = onePositional(positionals, 'call async', 'SERVICE_ID');
    const values = await withSettings(given, context);
    const message = await readMessage(serviceId, values, context);
    if (textOption(values, 'journal') === undefined) return sendDirectly(message, values, context);
    return withJournal(values, context, { create: true }, (journal) =>
      sendKept(message, journal, values, context),
    );
  },
};

interface Message {
  readonly service: {
    readonly id: string;
    readonly request: DocumentCodec;
    readonly response: DocumentCodec;
  };
  readonly document: Uint8Array;
  readonly options: Omit<DocumentPlace, 'correlationId'> &
    ChainPlace & { readonly reference?: string; readonly subjects?: readonly string[] };
}

async function readMessage(id: string, values: OptionValues, context: CommandContext): Promise<Message> {
  const type = choiceOption(values, 'type', types) ?? 'REQUEST';
  const { correlationId, ...place } = readDocumentPlace(values);
  if (type === 'REQUEST' && correlationId !== undefined) {
    throw new UsageError('a REQUEST begins a chain and has no --correlation-id: the gateway gives one');
  }
  if (type !== 'REQUEST' && correlationId === undefined) {
    throw new UsageError(`--correlation-id is missing: a message of type ${type} belongs to a chain`);
  }
  const codec = documentCodec(values);
  const reference = textOption(values, 'reference');
  const subjects = listOption(values, 'subject');
  return {
    service: { id, request: codec, response: codec },
    document: await context.console.read(requiredOption(values, 'data')),
    options: {
      ...place,
      // Type and chain go together: that was checked.
      ...({ type, correlationId } as ChainPlace<AsyncMessageType>),
      ...(reference === undefined ? {} : { reference }),
      ...(subjects.length === 0 ? {} : { subjects }),
    },
  };
}

const needsJournal = [
  'no-wait',
  'wait-ms',
  'reference',
  'subject',
  'deadline-ms',
  'on-unknown',
  'no-poll',
] as const;

/** Nothing is kept: the answer of the gateway is all that there is. */
async function sendDirectly(
  { service, document, options }: Message,
  values: OptionValues,
  context: CommandContext,
): Promise<number> {
  const useless = needsJournal.find((name) => values[name] !== undefined);
  if (useless !== undefined) {
    throw new UsageError(`--${useless} needs --journal FILE: without one nothing is kept or waited for`);
  }
  const journal = createMemoryJournal();
  return withAsyncGateway(values, context, { journal, poll: false }, async ({ client }) => {
    const {
      messageId,
      correlationId = null,
      sessionId = null,
      verified,
    } = await client.send(service, document, { ...options, signal: context.signal });
    if (switchOption(values, 'json')) context.console.json({ messageId, correlationId, sessionId, verified });
    else context.console.line(`messageId ${messageId}  correlationId ${correlationId ?? '—'}`);
    return exitCodes.done;
  });
}

async function sendKept(
  message: Message,
  journal: MessageJournal,
  values: OptionValues,
  context: CommandContext,
): Promise<number> {
  const { console } = context;
  const asJson = switchOption(values, 'json');
  const isWaiting = !switchOption(values, 'no-wait');
  const waitMs = wholeOption(values, 'wait-ms');
  if (!isWaiting && waitMs !== undefined) throw new UsageError('--no-wait contradicts --wait-ms');
  const intervalMs = wholeOption(values, 'poll-interval-ms') ?? 5000;
  const deadlineMs = wholeOption(values, 'deadline-ms', 1, Number.MAX_SAFE_INTEGER);
  const onUnknown = choiceOption(values, 'on-unknown', ['hold', 'resend']) ?? 'hold';
  const poll = { minIntervalMs: intervalMs, maxIntervalMs: Math.max(intervalMs, 120_000) };
  const hasPoller = isWaiting && !switchOption(values, 'no-poll');
  const verifier = await readVerifier(values, context);
  const work = {
    journal,
    poll: hasPoller ? poll : (false as const),
    policies: { [message.service.id]: { onUnknown } },
  };
  return withAsyncGateway(values, context, work, async (gateway) => {
    const { service, document, options } = message;
    const { key } = await gateway.send(service, document, {
      ...options,
      ...(deadlineMs === undefined ? {} : { deadlineMs }),
    });
    if (!isWaiting) {
      if (asJson) console.json({ key, state: 'queued' });
      else console.line(key);
      return exitCodes.done;
    }
    console.note(`kept as ${key}`);
    if (hasPoller) gateway.poller?.add(service.id);
    const settled = await outcomeOf(gateway, key, { type: options.type, waitMs }, context);
    const answer = await answerOf(journal, settled);
    const opened = answer && (await openData(journal, answer, verifier));
    const data = opened?.data?.toXml() ?? null;
    if (asJson) {
      console.json({ ...reportMessage(settled), verified: opened?.verified ?? null, data });
    } else if (data !== null) console.line(data);
    else tellOutcome(console, settled);
    const isFinal = finalStates(options.type).includes(settled.state);
    return isFinal ? exitCodeOfMessage(settled) : exitCodes.undecided;
  });
}

/** Sends, and waits until nothing more happens by itself, or nobody wants to wait any longer. */
async function outcomeOf(
  gateway: AsyncGateway,
  key: string,
  { type, waitMs }: { readonly type: AsyncMessageType | undefined; readonly waitMs: number | undefined },
  { console, signal }: CommandContext,
): Promise<RecordedMessage> {
  const states = finalStates(type);
  const show = (state: string): void => console.status(`${key}: ${state} … (Ctrl-C ends the waiting)`);
  return notingTroubles(console, () =>
    watchingStates(
      ({ localKey, state }) => {
        if (localKey === key) show(state);
      },
      async () => {
        gateway.outbox.start();
        gateway.confirmer.start();
        gateway.poller?.start();
        show('queued');
        try {
          const message = await gateway.wait(key, {
            states,
            signal,
            ...(waitMs === undefined ? {} : { timeoutMs: waitMs }),
          });
          // What came in with the outcome is confirmed, or the gateway hands it out again.
          await gateway.poller?.stop();
          await gateway.confirmer.stop();
          await gateway.confirmer.drain();
          return message;
        } catch (error) {
          if (error instanceof GatewayError) throw error;
          await gateway.stop({ graceMs: 5_000 });
          const message = await gateway.message(key);
          if (message === undefined) throw error;
          return message;
        }
      },
    ),
  );
}

/** States in which nothing more is to be waited for: to what is no request nobody answers. */
function finalStates(type: AsyncMessageType | undefined): readonly MessageState[] {
  return type === 'REQUEST' ? settledStates : [...settledStates, 'sent', 'delivered'];
}

/** The final answer to a message, when it is there. */
async function answerOf(
  journal: MessageJournal,
  { relatedKeys, direction }: RecordedMessage,
): Promise<RecordedMessage | undefined> {
  if (direction !== 'out') return undefined;
  for (const key of relatedKeys) {
    const reply = await journal.message(key);
    if (reply?.direction === 'in' && reply.messageType === 'RESPONSE') return reply;
  }
  return undefined;
}

function tellOutcome(console: CommandContext['console'], message: RecordedMessage): void {
  const { state, localKey, code } = message;
  const because = code === undefined ? '' : ` (${code})`;
  console.line(`${state}${because}`);
  if (state === 'in-doubt') {
    console.note(
      'Nobody knows whether the gateway has it, and it is not sent again. A reply of its chain settles that; or find out,',
    );
    console.note(`then: egw outbox resolve ${localKey} --as sent|not-sent|abandoned --note TEXT`);
  } else if (state === 'rejected' || state === 'dead') {
    console.note(
      `What happened: egw journal show ${localKey}. To send the same bytes again: egw journal retry ${localKey}`,
    );
  } else if (
    exitCodeOfMessage(message) === exitCodes.undecided ||
    state === 'sent' ||
    state === 'delivered'
  ) {
    console.note(
      `It stays in the journal: egw outbox run goes on with it, egw status ${localKey} tells where it stands.`,
    );
  }
}
