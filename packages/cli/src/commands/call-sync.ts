import type { DataCodec, Service } from '@egov-gateway/core';
import { commonSuccessCodes, presignedPayload } from '@egov-gateway/payload';

import {
  type Command,
  listOption,
  requiredOption,
  switchOption,
  textOption,
  UsageError,
} from '../command.ts';
import { exitCodes } from '../exit-code.ts';
import { connectionHelp, connectionOptions, openGateway } from '../gateway-connection.ts';

const styles = ['element', 'text'] as const;

/** `egw call sync SERVICE_ID --data FILE` */
export const callSync: Command = {
  usage: 'call sync SERVICE_ID --data FILE [--data-style element|text] [--json]',
  summary:
    'Calls any service of the synchronous channel with ready XML, and prints the data of the answer. A document that\n' +
    'is signed already goes through untouched as text; as an element it is refused when that would break its signature.',
  help: [
    '--data FILE           the XML document of the request, - for stdin',
    '--data-style STYLE    element: its root becomes the child of data; text: escaped text (default: element)',
    '--route-id ID         routeId',
    '--correlation-id ID   correlationId',
    '--message-id ID       the id of an earlier attempt that is sent again',
    '--property KEY=VALUE  property of the message; repeat it for several',
    '--success-code CODE   status that means success; repeat it for several',
    '--json                one JSON object on stdout',
    ...connectionHelp,
  ],
  options: {
    data: { type: 'string' },
    'data-style': { type: 'string' },
    'route-id': { type: 'string' },
    'correlation-id': { type: 'string' },
    'message-id': { type: 'string' },
    property: { type: 'string', multiple: true },
    'success-code': { type: 'string', multiple: true },
    json: { type: 'boolean' },
    ...connectionOptions,
  },
  async run(values, positionals, context) {
    const [id, ...more] = positionals;
    if (id === undefined || more.length > 0) throw new UsageError('call sync takes one SERVICE_ID');
    const styleName = textOption(values, 'data-style') ?? 'element';
    const style = styles.find((known) => known === styleName);
    if (style === undefined) throw new UsageError(`--data-style is one of ${styles.join(', ')}`);
    const given = listOption(values, 'success-code');
    const service: Service<string | Uint8Array, string> = {
      id,
      request: presignedPayload({ style }),
      response: dataAsXml,
      successCodes: given.length > 0 ? given : commonSuccessCodes,
    };
    const document = await context.console.read(requiredOption(values, 'data'));
    const properties = listOption(values, 'property').map(readProperty);
    const routeId = textOption(values, 'route-id');
    const correlationId = textOption(values, 'correlation-id');
    const messageId = textOption(values, 'message-id');

    const gateway = await openGateway(values, context);
    try {
      const answer = await gateway.callWithInfo(service, document, {
        signal: context.signal,
        properties,
        ...(routeId === undefined ? {} : { routeId }),
        ...(correlationId === undefined ? {} : { correlationId }),
        ...(messageId === undefined ? {} : { messageId }),
      });
      if (switchOption(values, 'json')) {
        const { status, sessionId = null } = answer.info;
        context.console.json({
          messageId: answer.messageId,
          status: { code: status.code, message: status.message },
          sessionId,
          verified: answer.verified,
          data: answer.value,
        });
      } else context.console.line(answer.value);
      return exitCodes.done;
    } finally {
      await gateway.close();
    }
  },
};

/** The element `data` of an answer, as canonical XML. */
const dataAsXml: DataCodec<string> = {
  validate: () => [],
  write: () => {
    throw new TypeError('answers are not written here');
  },
  read: (data) => data.toXml(),
};

function readProperty(text: string): { key: string; value: string } {
  const at = text.indexOf('=');
  if (at < 1) throw new UsageError('--property is KEY=VALUE');
  return { key: text.slice(0, at), value: text.slice(at + 1) };
}
