/** A consent that came with a request, and what it should allow. */
export interface ConsentClaim {
  readonly token: string;
  readonly publicKey: string;
  /** Whose data are asked for; `undefined` where the request does not say, as in reports about companies. */
  readonly iin: string | undefined;
  /** The service that is called. */
  readonly accessName: string;
  /** By the emulator's clock. */
  readonly atMs: number;
}

/** What is wrong with a consent. */
export type ConsentFault =
  /** There is none. */
  | 'missing'
  /** Nobody issued this token, or not with this key. */
  | 'unknown'
  /** It has expired. */
  | 'expired'
  /** It is of somebody else. */
  | 'other-person'
  /** It is for another service. */
  | 'other-service';

/** Judges consents; `undefined` when one is accepted. */
export type ConsentCheck = (claim: ConsentClaim) => Exclude<ConsentFault, 'missing'> | undefined;

/** Takes every token: there is no service of consents that could have issued them. @internal */
export const anyConsent: ConsentCheck = () => undefined;

const words: Readonly<Record<ConsentFault, string>> = {
  missing: 'emulator: there is no consent / согласия нет / келісім жоқ',
  unknown: 'emulator: the consent was not issued here / согласие не выдавалось / келісім берілмеген',
  expired: 'emulator: the consent has expired / срок согласия истёк / келісім мерзімі өткен',
  'other-person':
    'emulator: the consent is of another person / согласие другого лица / басқа адамның келісімі',
  'other-service':
    'emulator: the consent is for another service / согласие для другого сервиса / басқа сервиске келісім',
};

/** The status of a refusal: codes of the emulator's own, those of the real registers are not published. @internal */
export function consentRefusal(fault: ConsentFault): { readonly code: string; readonly message: string } {
  return { code: `EMU-CONSENT-${fault.toUpperCase()}`, message: words[fault] };
}

/** What is wrong with a consent that may be missing. @internal */
export function consentFault(
  check: ConsentCheck,
  claim: Omit<ConsentClaim, 'token' | 'publicKey'> & {
    readonly token: string | undefined;
    readonly publicKey: string | undefined;
  },
): ConsentFault | undefined {
  const { token, publicKey } = claim;
  if (!token || !publicKey) return 'missing';
  return check({ ...claim, token, publicKey });
}
