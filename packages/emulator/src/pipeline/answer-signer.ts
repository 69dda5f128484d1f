import {
  type Clock,
  type EnvelopeSigner,
  fixedClock,
  type SignatureSuite,
  type SigningKey,
} from '@egov-gateway/core';
import type { WrittenEnvelope } from '@egov-gateway/envelope';
import { createEnvelopeSigner, type KeyInfoStyle } from '@egov-gateway/wsse';

import type { MisbehaviourName } from '../misbehaviour/menu.ts';
import type { ForgerKeys } from '../test-party/forger-keys.ts';

/** How the gateway signs. @internal */
export interface AnswerSigning {
  readonly key: SigningKey;
  readonly keyInfo: KeyInfoStyle;
  readonly suites: readonly SignatureSuite[];
  readonly clock: Clock;
  /** Keys for the scenarios of the stage `signature`, loaded when one is played. */
  readonly forgers: () => Promise<ForgerKeys>;
}

/** Signs answers: rightly, or as a scenario says. @internal */
export class AnswerSigner {
  readonly #signing: AnswerSigning;
  readonly #signer: EnvelopeSigner;

  constructor(signing: AnswerSigning) {
    this.#signing = signing;
    const { key, keyInfo, suites, clock } = signing;
    this.#signer = createEnvelopeSigner({ key, keyInfo, suites, clock });
  }

  /** @throws {SignError} when the key refuses */
  async sign(written: WrittenEnvelope, name: MisbehaviourName | undefined): Promise<Uint8Array> {
    if (name === 'unsigned' || name === 'unsigned-fault' || name === 'bare-fault') return written.bytes;
    const signer = (await this.#forger(name)) ?? this.#signer;
    return signer.sign(written.bytes, written.layout);
  }

  async #forger(name: MisbehaviourName | undefined): Promise<EnvelopeSigner | undefined> {
    const { key, keyInfo, suites, clock, forgers } = this.#signing;
    switch (name) {
      case 'wrong-key': {
        const { stranger } = await forgers();
        // The stranger's certificate has to travel: nobody could look it up.
        return createEnvelopeSigner({ key: stranger, keyInfo: 'key-identifier', clock });
      }
      case 'wrong-certificate': {
        const { stranger } = await forgers();
        const certificate = key.certificate;
        const forged: SigningKey = {
          algorithm: key.algorithm,
          certificate,
          sign: (data) => stranger.sign(data),
        };
        return createEnvelopeSigner({ key: forged, keyInfo, suites, clock });
      }
      case 'expired-certificate': {
        const { expired } = await forgers();
        const then = fixedClock(expired.certificate.notAfterMs);
        return createEnvelopeSigner({ key: expired, keyInfo, clock: then });
      }
      default:
        return undefined;
    }
  }
}
