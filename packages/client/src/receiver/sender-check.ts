import type { UnverifiedBody, VerifiedBody } from '@egov-gateway/core';
import type { ReceivedSender } from '@egov-gateway/envelope';

import type { EndpointOptions, IncomingSender } from './endpoint-options.ts';
import { Refusal } from './refusal.ts';

/** Names who sent a message. The password stays out of what `util.inspect` and JSON show. @internal */
export function incomingSender(
  sender: ReceivedSender,
  serviceId: string,
  body: VerifiedBody | UnverifiedBody,
): IncomingSender {
  return {
    senderId: sender.senderId,
    get password() {
      return sender.password;
    },
    serviceId,
    signer: body.verified ? body.signer.certificate : undefined,
  };
}

/** @throws {Refusal} `sender` when the sender is not let in @internal */
export function checkSender(sender: IncomingSender, allowed: EndpointOptions['allowedSenders']): void {
  if (allowed === undefined) return;
  const isAllowed =
    typeof allowed === 'function' ? allowed(sender) === true : allowed.includes(sender.senderId);
  if (!isAllowed) throw new Refusal('sender');
}
