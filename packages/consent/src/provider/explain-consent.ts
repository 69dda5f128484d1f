import { ConsentError, type ConsentErrorCode, type Delivery } from '@egov-gateway/core';

/** What an error of consent means and what to do, in Russian and English. */
export interface ConsentExplanation {
  readonly text: { readonly ru: string; readonly en: string };
  readonly remedy: { readonly ru: string; readonly en: string };
}

const explanations: Readonly<Record<ConsentErrorCode, ConsentExplanation>> = {
  ERR_CONSENT_REFUSED: {
    text: { ru: 'Человек не согласился.', en: 'The person refuses.' },
    remedy: {
      ru: 'Не повторяйте запрос сами: объясните человеку, зачем нужны данные, и спросите снова, когда он согласится.',
      en: 'Do not ask again by yourself: tell the person what the data is for, and ask once they agree to it.',
    },
  },
  ERR_CONSENT_PENDING: {
    text: { ru: 'Человек ещё не ответил.', en: 'The person has not answered yet.' },
    remedy: {
      ru: 'Попросите человека ответить и повторите позже; каждый повтор может послать ему новое сообщение.',
      en: 'Have the person answer, and ask again later; each time may send them another message.',
    },
  },
  ERR_CONSENT_TOKEN: {
    text: {
      ru: 'В ответе КДП нет токена или ключа.',
      en: 'The answer of КДП has no token, or no key with it.',
    },
    remedy: {
      ru: 'Посмотрите статус ответа (cause.statusCode) и спросите владельца сервиса, что он значит: это может быть и отказ человека. Затем задайте refusedStatuses или pendingStatuses.',
      en: 'Look at the status of the answer (cause.statusCode) and ask the owner of the service what it means: the person may have refused. Then give refusedStatuses or pendingStatuses.',
    },
  },
  ERR_CONSENT_STATUS: {
    text: {
      ru: 'Токен пришёл со статусом, которого нет среди successStatuses.',
      en: 'The token came with a status that is none of the successStatuses.',
    },
    remedy: {
      ru: 'Спросите владельца сервиса, что значит этот статус (cause.statusCode); токен не использован.',
      en: 'Ask the owner of the service what that status (cause.statusCode) means; the token was not used.',
    },
  },
  ERR_CONSENT_EXPIRED: {
    text: { ru: 'Срок согласия истёк.', en: 'The consent has expired.' },
    remedy: {
      ru: 'Запросите согласие заново; если истекает и новое, проверьте часы и увеличьте expiresInMs.',
      en: 'Ask for the consent again; if a new one expires as well, check the clock and ask for a longer expiresInMs.',
    },
  },
};

/**
 * What a code of `ConsentError` means and what to do; `undefined` for every other code.
 *
 * @example
 * ```ts
 * explainConsent('ERR_CONSENT_REFUSED')?.remedy.ru;
 * ```
 */
export function explainConsent(code: string): ConsentExplanation | undefined {
  return Object.hasOwn(explanations, code) ? explanations[code as ConsentErrorCode] : undefined;
}

/** The error of a code, with its words in English. @internal */
export function consentError(
  code: ConsentErrorCode,
  options: {
    readonly delivery: Delivery;
    readonly messageId?: string | undefined;
    readonly cause?: unknown;
  },
): ConsentError {
  const { text, remedy } = explanations[code];
  return new ConsentError(lowerCase(`${text.en} ${remedy.en}`), { code, ...options });
}

/** Messages of this SDK are lower case and end without a full stop. */
function lowerCase(text: string): string {
  return (
    text.charAt(0).toLowerCase() +
    text
      .slice(1)
      .replace(/\.$/, '')
      .replace(/\. (\w)/g, (_, next: string) => `; ${next.toLowerCase()}`)
  );
}
