import type { Service } from '@egov-gateway/core';
import { commonSuccessCodes } from '@egov-gateway/payload';

import type { Command } from '../command.ts';
import { documentCodec, documentOptions, readDocumentPlace } from '../document-request.ts';
import { exitCodes } from '../exit-code.ts';
import { connectionHelp, connectionOptions, openGateway } from '../gateway-connection.ts';
import { listOption, onePositional, requiredOption, switchOption } from '../option-values.ts';

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
    ...documentOptions,
    'success-code': { type: 'string', multiple: true },
    json: { type: 'boolean' },
    ...connectionOptions,
  },
  async run(values, positionals, context) {
    const id = onePositional(positionals, 'call sync', 'SERVICE_ID');
    const given = listOption(values, 'success-code');
    const codec = documentCodec(values);
    const service: Service<string | Uint8Array, string> = {
      id,
      request: codec,
      response: codec,
      successCodes: given.length > 0 ? given : commonSuccessCodes,
    };
    const place = readDocumentPlace(values);
    const document = await context.console.read(requiredOption(values, 'data'));

    const gateway = await openGateway(values, context);
    try {
      const answer = await gateway.callWithInfo(service, document, {
        signal: context.signal,
        ...place,
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
