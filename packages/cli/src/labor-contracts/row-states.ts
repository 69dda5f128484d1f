import type { RowResult } from '@egov-gateway/labor-contracts/batch';

import type { Language } from '../language.ts';
import { type StateWords, stateWord } from '../state-words.ts';

/** `done`: of rows that an earlier run has done, by the file of results. */
const words: StateWords<RowResult['state'] | 'done', Language> = {
  ready: { ru: 'готово к отправке', kk: 'жіберуге дайын' },
  invalid: { ru: 'с ошибками', kk: 'қатесі бар' },
  accepted: { ru: 'принято', kk: 'қабылданды' },
  refused: { ru: 'отказано', kk: 'бас тартылды' },
  'not-sent': { ru: 'не отправлено', kk: 'жіберілмеді' },
  'in-doubt': { ru: 'исход неизвестен', kk: 'нәтижесі белгісіз' },
  'under-way': { ru: 'в пути', kk: 'жолда' },
  answered: { ru: 'ответ без номера записи', kk: 'жазба нөмірі жоқ жауап' },
  done: { ru: 'сделано', kk: 'орындалды' },
};

/** How many rows have come to a state: «принято 3», `accepted before 2`. */
export function rowCount(state: string, count: number, language: Language): string {
  return `${stateWord(words, state, language)} ${count}`;
}
