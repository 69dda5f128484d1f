import type { Resolution } from '@egov-gateway/core';
import type { EkdoDocumentState, EkdoHistoryEvent } from '@egov-gateway/ekdo';

import type { PortalLanguage } from '../language.ts';
import { type StateWords, stateWord } from '../state-words.ts';
import type { DocumentState } from './document-results.ts';

const states: StateWords<DocumentState | EkdoDocumentState, PortalLanguage> = {
  ready: { ru: 'готово к отправке' },
  invalid: { ru: 'с ошибками' },
  'not-signed': { ru: 'не подписано' },
  sent: { ru: 'отправлено' },
  uploaded: { ru: 'загружено без подписи' },
  signed: { ru: 'отправлено с подписью' },
  'in-force': { ru: 'вступило в силу' },
  refused: { ru: 'отказано' },
  'not-sent': { ru: 'не отправлено' },
  'in-doubt': { ru: 'исход неизвестен' },
  closed: { ru: 'закончено вручную' },
};

const steps: StateWords<EkdoHistoryEvent['step'], PortalLanguage> = {
  document: { ru: 'документ' },
  signature: { ru: 'подпись' },
  status: { ru: 'статус' },
};

/** Those that the registry of documents writes. In English too: what the journal calls `signed` is no signature of a document. */
const kinds: Readonly<Partial<Record<EkdoHistoryEvent['kind'], Readonly<Record<PortalLanguage, string>>>>> = {
  signed: { ru: 'отправляется', en: 'sending' },
  answered: { ru: 'принято', en: 'accepted' },
  refused: { ru: 'отказано', en: 'refused' },
  failed: { ru: 'не удалось', en: 'failed' },
  resolved: { ru: 'решено человеком', en: 'resolved by a person' },
};

/** As the journal has them. */
const resolutions: StateWords<Resolution, PortalLanguage> = {
  sent: { ru: 'отправлено' },
  'not-sent': { ru: 'не отправлено' },
  abandoned: { ru: 'закончено вручную' },
};

/** Where a document stands. */
export function documentStateWord(state: string, language: PortalLanguage): string {
  return stateWord(states, state, language);
}

/** What the portal was given. */
export function stepWord(step: EkdoHistoryEvent['step'], language: PortalLanguage): string {
  return stateWord(steps, step, language);
}

/** What happened. */
export function eventWord(kind: EkdoHistoryEvent['kind'], language: PortalLanguage): string {
  return kinds[kind]?.[language] ?? kind;
}

/** What a person found out. */
export function resolutionWord(resolution: string, language: PortalLanguage): string {
  return stateWord(resolutions, resolution, language);
}
