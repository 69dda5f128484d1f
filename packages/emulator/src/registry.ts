import { timingSafeEqual } from 'node:crypto';

import type { Certificate } from '@egov-gateway/core';

import { type PushAddress, type PushTarget, pushTarget } from './async/push-target.ts';
import { Refusal } from './codes.ts';

/** An information system (информационная система) as the operator registers it. */
export interface SystemRegistration {
  /** The account. */
  readonly senderId: string;
  /** What the operator hands out with the account. Absent: any password is accepted. */
  readonly password?: string | undefined;
  /**
   * Certificates the system signs with. Needed when its signatures name their signer by issuer and serial number,
   * or when the certificates do not chain to one of the emulator's `roots`.
   */
  readonly certificates?: readonly Certificate[] | undefined;
  /** Business identification number (БИН) of the registration, 12 digits. Default: the one of the first certificate. */
  readonly bin?: string | undefined;
  /** Individual identification number (ИИН). Default: the one of the first certificate, when that has no BIN. */
  readonly iin?: string | undefined;
  /** Services the system may call. Default: all. */
  readonly services?: readonly string[] | undefined;
  /** Services of the asynchronous channel that the system provides: their REQUESTs are delivered to it. Default: none. */
  readonly provides?: readonly string[] | undefined;
  /**
   * Where messages and status changes are pushed to. Default: nowhere; the system pulls its messages with `getMessages`.
   */
  readonly push?: PushAddress | undefined;
}

/** A registration, complete. @internal */
export interface RegisteredSystem {
  readonly senderId: string;
  readonly password: string | undefined;
  readonly certificates: readonly Certificate[];
  readonly bin: string | null;
  readonly iin: string | null;
  readonly services: ReadonlySet<string> | undefined;
  readonly provides: ReadonlySet<string>;
  readonly push: PushTarget | undefined;
}

const twelveDigits = /^\d{12}$/;

/**
 * Who may talk to the gateway. @internal
 *
 * @see Rules No 123, п.53, 2); Приложение 6, п.2, 2)
 */
export class SystemRegistry {
  readonly #systems = new Map<string, RegisteredSystem>();
  readonly #suspended = new Set<string>();

  /** @throws {TypeError} when the registration cannot identify anybody */
  add(registration: SystemRegistration): void {
    const { senderId, password, certificates = [], services, provides = [], push } = registration;
    if (typeof senderId !== 'string' || senderId === '') throw new TypeError('senderId must not be empty');
    if (password === '') throw new TypeError('password must not be empty; leave it out to accept any');
    const [first] = certificates;
    const bin = registration.bin ?? first?.bin ?? null;
    const iin = registration.iin ?? (bin === null ? (first?.iin ?? null) : null);
    for (const [name, number] of [
      ['bin', bin],
      ['iin', iin],
    ] as const) {
      if (number !== null && !twelveDigits.test(number)) throw new TypeError(`${name} must be 12 digits`);
    }
    if (bin === null && iin === null) {
      throw new TypeError('a system needs a bin, an iin, or a certificate that has one of them');
    }
    this.#systems.set(senderId, {
      senderId,
      password,
      certificates,
      bin,
      iin,
      services: services === undefined ? undefined : new Set(services),
      provides: new Set(provides),
      push: push === undefined ? undefined : pushTarget(push),
    });
  }

  find(senderId: string): RegisteredSystem | undefined {
    return this.#systems.get(senderId);
  }

  isSuspended(senderId: string): boolean {
    return this.#suspended.has(senderId);
  }

  /** Gives a system another address for pushes, or none. @throws {TypeError} when nobody is registered so */
  setPush(senderId: string, push: PushAddress | undefined): void {
    const system = this.#systems.get(senderId);
    if (system === undefined) throw new TypeError('no such system is registered');
    this.#systems.set(senderId, { ...system, push: push === undefined ? undefined : pushTarget(push) });
  }

  /** The system that provides a service: the one registered last. */
  providerOf(serviceId: string): RegisteredSystem | undefined {
    return [...this.#systems.values()].findLast(({ provides }) => provides.has(serviceId));
  }

  /**
   * The one system that a certificate belongs to, for operations whose sender may be left out.
   *
   * @throws {Refusal} when there is none, or more than one
   */
  ownerOf(signer: Certificate | undefined): RegisteredSystem {
    const owners = [...this.#systems.values()].filter(
      (system) => signer !== undefined && mismatch(system, signer) === undefined,
    );
    const [owner] = owners;
    if (owner === undefined || owners.length > 1) {
      throw new Refusal(
        'EMU-UNKNOWN-SENDER',
        'there is no sender, and the certificate does not tell who it is',
      );
    }
    return owner;
  }

  /** @throws {TypeError} when nobody is registered under this senderId */
  suspend(senderId: string): void {
    if (!this.#systems.has(senderId)) throw new TypeError('no such system is registered');
    this.#suspended.add(senderId);
  }

  resume(senderId: string): void {
    this.#suspended.delete(senderId);
  }

  certificates(): readonly Certificate[] {
    return [...this.#systems.values()].flatMap((system) => system.certificates);
  }

  /**
   * Account, suspension and access: what is checked of the sender before the service, and again of the addressee
   * before the answer.
   *
   * @throws {Refusal}
   */
  admit(senderId: string, serviceId: string | undefined): RegisteredSystem {
    const system = this.#systems.get(senderId);
    if (system === undefined) throw new Refusal('EMU-UNKNOWN-SENDER');
    // Rules No 123, п.51 and п.65: the operator may suspend a system at any time.
    if (this.#suspended.has(senderId)) throw new Refusal('EMU-SUSPENDED');
    const { services, provides } = system;
    if (
      serviceId !== undefined &&
      services !== undefined &&
      !services.has(serviceId) &&
      !provides.has(serviceId)
    ) {
      throw new Refusal('EMU-SERVICE-DENIED');
    }
    return system;
  }

  /**
   * The whole authorisation of a sender.
   *
   * @param sender - `undefined` where the contract lets it out: then the certificate says who it is
   * @param serviceId - `undefined` for operations that name none
   * @param signer - certificate of the transport signature; `undefined` when the endpoint has none
   * @throws {Refusal}
   */
  authorise(
    sender: { readonly senderId: string; readonly password?: string | undefined } | undefined,
    serviceId: string | undefined,
    signer: Certificate | undefined,
  ): RegisteredSystem {
    if (sender === undefined) return this.admit(this.ownerOf(signer).senderId, serviceId);
    const system = this.admit(sender.senderId, serviceId);
    if (system.password !== undefined && !sameText(system.password, sender.password ?? '')) {
      throw new Refusal('EMU-WRONG-PASSWORD');
    }
    const differs = signer && mismatch(system, signer);
    if (differs !== undefined) throw new Refusal('EMU-SIGNER-MISMATCH', `the ${differs} differs`);
    return system;
  }
}

/** Which number of a certificate is not the registered one. */
function mismatch({ bin, iin }: RegisteredSystem, signer: Certificate): 'BIN' | 'IIN' | undefined {
  if (bin !== null && signer.bin !== bin) return 'BIN';
  return iin !== null && signer.iin !== iin ? 'IIN' : undefined;
}

function sameText(expected: string, found: string): boolean {
  const [left, right] = [Buffer.from(expected), Buffer.from(found)];
  return left.length === right.length && timingSafeEqual(left, right);
}
