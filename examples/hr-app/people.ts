import type { SeededContract } from '@egov-gateway/emulator';
import { addDays } from '@egov-gateway/payload';

import { lastChanceToSign, type TermCount } from './deadlines.ts';
import type { ContractFields } from './store.ts';

/** Somebody to begin with. None of them can exist: their IINs are of the month 13. */
export interface MadeUpPerson {
  readonly fields: ContractFields;
  /** Registered long ago, by other means. */
  readonly knownId?: string;
  /** What happens to the contract before the first page is shown. */
  readonly story?: 'registered-at-second-try' | 'not-found' | 'in-doubt' | 'terminated';
}

/** The person whom the emulated register does not know: SCSE012. */
export const unknownIin = '001300900031';

/** The people of the rehearsal, with dates near `today`. */
export function madeUpPeople(count: TermCount): readonly MadeUpPerson[] {
  const { today } = count;
  const lastChance = lastChanceToSign(count);
  const ago = (days: number): string => addDays(today, -days);
  return [
    {
      fields: person('Сәтбаева Айгерім', '001300900011', 'ЕШ-117/24', '2024-04-15', 'Главный бухгалтер'),
      knownId: 'EMU-2024-117',
    },
    {
      fields: person('Жұмабаев Ерлан', '001300900021', 'ЕШ-031/26', ago(1), 'Инженер-программист'),
      story: 'registered-at-second-try',
    },
    {
      fields: person('Ковалёва Мария', unknownIin, 'ЕШ-032/26', ago(1), 'Юрист'),
      story: 'not-found',
    },
    {
      fields: person('Ахметов Тимур', '001300900041', 'ЕШ-033/26', today, 'Аналитик'),
      story: 'in-doubt',
    },
    { fields: person('Оспанов Данияр', '001300900207', 'ЕШ-029/26', lastChance, 'Кладовщик') },
    { fields: person('Иванова Ольга', '001300900219', 'ЕШ-024/26', ago(12), 'Дизайнер') },
    {
      fields: person('Қасымова Сәуле', '001300900220', 'ЕШ-058/23', '2023-09-04', 'Менеджер по продажам'),
      knownId: 'EMU-2023-58',
      story: 'terminated',
    },
    // As it came from a spreadsheet: the IIN without its zeros, no number, a day of signing that is still to come.
    {
      fields: {
        ...person('Нұрғалиева Дана', '1300900232', '', addDays(today, 3), 'Секретарь'),
        position: '',
      },
    },
  ];
}

function person(
  name: string,
  iin: string,
  number: string,
  signedOn: string,
  staffPosition: string,
): ContractFields {
  return {
    name,
    iin,
    number,
    signedOn,
    beginsOn: signedOn,
    position: '2511-1-002',
    staffPosition,
    conscript: '1',
  };
}

/** Contracts that the emulated register has from the start. */
export function registeredLongAgo(employer: string, people: readonly MadeUpPerson[]): SeededContract[] {
  return people.flatMap(({ fields, knownId }) =>
    knownId === undefined
      ? []
      : [
          {
            id: knownId,
            employer,
            employee: fields.iin,
            contractNumber: fields.number,
            contractDate: fields.signedOn,
            beginDate: fields.beginsOn,
            position: fields.position,
            establishedPost: fields.staffPosition,
            conscript: fields.conscript,
          },
        ],
  );
}
