import type {
  AsyncMessageType,
  AsyncService,
  DataCodec,
  EnvelopeSigner,
  EnvelopeVerifier,
  Transport,
} from '@egov-gateway/core';
import {
  type AsyncDelivery,
  asyncFaultName,
  asyncOperationOf,
  readAsyncMessage,
  readDeliveryNotification,
  readGetMessages,
  readStatusRequest,
  type WrittenEnvelope,
  writeAsyncAccepted,
  writeAsyncDelivery,
  writeDeliveryNotificationAnswer,
  writeFault,
  writeMessages,
  writeStatusAnswer,
} from '@egov-gateway/envelope';
import { loadPem, parseCertificate, pinnedCertificates } from '@egov-gateway/keys';
import { fixture, fixtureText } from '@egov-gateway/testing';
import { createEnvelopeSigner, createEnvelopeVerifier } from '@egov-gateway/wsse';

const text: DataCodec<string> = {
  validate: () => [],
  write: (value, writer) => writer.text(value),
  read: (data) => data.text(),
};

/** The service that the remote side serves. */
export const ping: AsyncService<string, string> = { id: 'PING', request: text, response: text };

/** What the remote side signs and verifies with. */
interface RemoteParts {
  readonly signer: EnvelopeSigner;
  readonly verifier: EnvelopeVerifier;
}

/** Checks what the organisation of the fixtures signs. */
export function verifierOfOrganisation(): EnvelopeVerifier {
  const trust = pinnedCertificates([parseCertificate(fixture('keys/organisation.crt'))]);
  return createEnvelopeVerifier({ trust });
}

/** Those of the gateway of the fixtures. */
export async function remoteParts(): Promise<RemoteParts> {
  const key = await loadPem({
    privateKey: fixtureText('keys/gateway.key'),
    certificate: fixtureText('keys/gateway.crt'),
  });
  return {
    signer: createEnvelopeSigner({ key, keyInfo: 'issuer-serial' }),
    verifier: verifierOfOrganisation(),
  };
}

/** The session of what the remote side hands out. */
export const sessionId = '{0f8fad5b-d9cb-469f-a165-70867728950e}';

/** The other side: takes messages, hands out what waits until it is confirmed, signs what it says. */
export class RemoteGateway implements Transport {
  readonly taken: {
    readonly correlationId: string;
    readonly type: AsyncMessageType;
    readonly data: string;
  }[] = [];
  /** Ids that the messages taken came with. */
  readonly ownIds: (string | undefined)[] = [];
  readonly waiting: AsyncDelivery[] = [];
  readonly confirmed: string[] = [];
  /** Thrown instead of the next answers to `sendMessage`, after the message was taken. */
  readonly lostAnswers: Error[] = [];
  refusal: string | undefined;
  readonly #parts: RemoteParts;
  #ids = 100;

  constructor(parts: RemoteParts) {
    this.#parts = parts;
  }

  async exchange({ body: bytes }: { readonly body: Uint8Array }) {
    const { bytes: unsigned, layout } = await this.#answer(bytes);
    const body = await this.#parts.signer.sign(unsigned, layout);
    return { status: 200, headers: { 'content-type': 'text/xml' }, body };
  }

  /** Something for the receiver, under ids of the gateway. */
  queue(type: AsyncMessageType, data: string, correlationId: string = this.#id()): AsyncDelivery {
    const delivery: AsyncDelivery = {
      info: {
        messageId: this.#id(),
        correlationId,
        serviceId: 'PING',
        messageType: type,
        messageDateMs: Date.now(),
        sender: { senderId: 'provider' },
        sessionId,
      },
      data: { codec: text, value: data } as AsyncDelivery['data'],
    };
    this.waiting.push(delivery);
    return delivery;
  }

  async push(delivery: AsyncDelivery): Promise<Uint8Array> {
    const { bytes, layout } = writeAsyncDelivery(delivery);
    return this.#parts.signer.sign(bytes, layout);
  }

  async #answer(bytes: Uint8Array): Promise<WrittenEnvelope> {
    const body = await this.#parts.verifier.verify(bytes);
    const responseDateMs = Date.now();
    switch (asyncOperationOf(body)?.operation) {
      case 'sendMessage': {
        if (this.refusal !== undefined) return fault(this.refusal);
        const { info, data } = readAsyncMessage(body);
        const correlationId = info.correlationId ?? this.#id();
        this.taken.push({ correlationId, type: info.messageType, data: data?.text() ?? '' });
        this.ownIds.push(info.messageId);
        const lost = this.lostAnswers.shift();
        if (lost !== undefined) throw lost;
        return writeAsyncAccepted({ messageId: this.#id(), correlationId, responseDateMs });
      }
      case 'getMessages': {
        const { serviceId, amount = 10 } = readGetMessages(body);
        const messages = this.waiting.filter(({ info }) => info.serviceId === serviceId).slice(0, amount);
        return writeMessages({ responseDateMs, sessionId, messages });
      }
      case 'sendDeliveryNotification': {
        const { messageId } = readDeliveryNotification(body);
        this.confirmed.push(messageId);
        const at = this.waiting.findIndex(({ info }) => info.messageId === messageId);
        if (at >= 0) this.waiting.splice(at, 1);
        return writeDeliveryNotificationAnswer({ notificationId: this.#id(), responseDateMs, sessionId });
      }
      default: {
        readStatusRequest(body);
        const status = { statusCode: 'S-1', statusMessage: '', statusDateMs: responseDateMs };
        return writeStatusAnswer({ messageState: 'DELIVERED', status, responseDateMs });
      }
    }
  }

  #id(): string {
    this.#ids += 1;
    return String(this.#ids);
  }
}

function fault(errorCode: string): WrittenEnvelope {
  return writeFault({
    faultCode: 'soap:Server',
    faultString: 'отказ',
    detailName: asyncFaultName('sendMessage'),
    errorInfo: { errorCode, errorMessage: 'отказ', errorDateMs: Date.now() },
  });
}
