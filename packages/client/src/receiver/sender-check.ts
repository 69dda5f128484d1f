import type { Certificate, UnverifiedBody, VerifiedBody } from '@egov-gateway/core';
import type { ReceivedSender } from '@egov-gateway/envelope';

import type { EndpointOptions, IncomingSender } from './endpoint-options.ts';
import { Refusal } from './refusal.ts';

/** Who sent a message. The password stays out of what `util.inspect`, spreading and JSON show. @internal */
export class MessageSender implements IncomingSender {
  readonly senderId: string;
  readonly serviceId: string;
  readonly signer: Certificate | undefined;
  readonly #sender: ReceivedSender;

  constructor(sender: ReceivedSender, serviceId: string, body: VerifiedBody | UnverifiedBody) {
    this.senderId = sender.senderId;
    this.serviceId = serviceId;
    this.signer = body.verified ? body.signer.certificate : undefined;
    this.#sender = sender;
  }

  get password(): string | undefined {
    return this.#sender.password;
  }
}

/** @throws {Refusal} `sender` when the sender is not let in @internal */
export function checkSender(sender: IncomingSender, allowed: EndpointOptions['allowedSenders']): void {
  if (allowed === undefined) return;
  const isAllowed =
    typeof allowed === 'function' ? allowed(sender) === true : allowed.includes(sender.senderId);
  if (!isAllowed) throw new Refusal('sender');
}
