import type { AnswerStatus } from '@egov-gateway/core';

import type { ConsentVerdict, ShownConsent } from '../consent/consent-desk.ts';

/** Judges a consent that came with a request, or did not. */
export type ConsentCheck = (shown: ShownConsent) => ConsentVerdict;

/** Takes every consent that is there: no service is at hand that could have issued it. @internal */
export const anyConsent: ConsentCheck = ({ token = '', publicKey = '' }) =>
  token.trim() === '' || publicKey.trim() === '' ? 'missing' : 'valid';

const words: Readonly<Record<Exclude<ConsentVerdict, 'valid'>, string>> = {
  missing: 'there is no consent / согласия нет / келісім жоқ',
  unknown: 'the consent was not issued here / согласие не выдавалось / келісім берілмеген',
  'wrong-key': 'the key is not that of the consent / ключ от другого согласия / кілт басқа келісімдікі',
  'other-person': 'the consent is of another person / согласие другого лица / келісім басқа адамдікі',
  'other-service':
    'the consent is for another service / согласие для другого сервиса / келісім басқа сервиске',
  expired: 'the consent has expired / срок согласия истёк / келісім мерзімі өткен',
  withdrawn: 'the consent was taken back / согласие отозвано / келісім қайтарып алынған',
};

/**
 * The status of a refusal, `undefined` when the consent counts. The codes, `EMU-CONSENT-…`, are the emulator's own: those
 * of the real registers are not published.
 *
 * @internal
 */
export function consentRefusal(verdict: ConsentVerdict): AnswerStatus | undefined {
  if (verdict === 'valid') return undefined;
  return { code: `EMU-CONSENT-${verdict.toUpperCase()}`, message: `emulator: ${words[verdict]}` };
}
