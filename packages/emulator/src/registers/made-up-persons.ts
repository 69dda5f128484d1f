import type { DictionaryEntry, Person, PersonAddress, PersonDocument } from '@egov-gateway/registers';

const entry = (code: string, nameRu: string, nameKz: string): DictionaryEntry => ({ code, nameRu, nameKz });

const kazakhstan = entry('398', 'КАЗАХСТАН', 'ҚАЗАҚСТАН');
const almaty = {
  country: kazakhstan,
  district: entry('1907', 'АЛМАТЫ', 'АЛМАТЫ'),
  region: entry('1907226', 'БОСТАНДЫКСКИЙ РАЙОН', 'БОСТАНДЫҚ АУДАНЫ'),
};
const female = entry('EMU-F', 'ЖЕНСКИЙ', 'ӘЙЕЛ');
const male = entry('EMU-M', 'МУЖСКОЙ', 'ЕР');
const alive = entry('EMU-ALIVE', 'Жив (эмулятор)', 'Тірі (эмулятор)');
const ministry = entry('002', 'МИНИСТЕРСТВО ВНУТРЕННИХ ДЕЛ РК', 'ҚР ІШКІ ІСТЕР МИНИСТРЛІГІ');

const card: PersonDocument = {
  type: { code: '002', nameRu: 'УДОСТОВЕРЕНИЕ РК', nameKz: 'ҚР ЖЕКЕ КУӘЛІГІ' },
  number: '000000045',
  beginDate: '2020-05-20',
  endDate: '2090-05-19',
  issueOrganization: ministry,
  status: { code: '00', nameRu: 'ДОКУМЕНТ ДЕЙСТВИТЕЛЕН', nameKz: 'ҚҰЖАТ ЖАРАМДЫ' },
};
const regAddress = {
  ...almaty,
  street: 'УЛИЦА Примерная',
  building: '007',
  flat: '05',
  beginDate: '2010-09-01',
  status: entry('EMU-HOME', 'ПОСТОЯННАЯ РЕГИСТРАЦИЯ', 'ТҰРАҚТЫ ТІРКЕЛУ'),
  arCode: '0201300198716153',
};
const student: PersonAddress = {
  ...almaty,
  type: entry('EMU-TEMPORARY', 'ВРЕМЕННАЯ РЕГИСТРАЦИЯ', 'УАҚЫТША ТІРКЕЛУ'),
  street: 'УЛИЦА Студенческая',
  building: '1',
  beginDate: '2025-09-01',
  endDate: '2026-06-30',
};

/**
 * People whom the built-in register of persons knows, and who cannot exist: one as most are, one with several documents and
 * addresses, one who has died, one with codes that nobody knows, one of whom hardly anything is known, and a child whose
 * record was removed. Everybody else is not found.
 *
 * Codes that begin with `EMU-` are the emulator's own: those of the real register are not published.
 */
export const madeUpPersons: readonly Person[] = [
  {
    iin: '001300900011',
    surname: 'ҮЛГІЕВА',
    name: 'ӘСЕЛ',
    patronymic: 'МЫСАЛҚЫЗЫ',
    engFirstName: 'ASSEL',
    engSurname: 'ULGIYEVA',
    birthDate: '1990-02-28',
    gender: female,
    nationality: entry('005', 'КАЗАШКА', 'ҚАЗАҚ'),
    citizenship: kazakhstan,
    lifeStatus: alive,
    birthPlace: { ...almaty, city: 'ТАЛҒАР' },
    regAddress,
    documents: [card],
    addresses: [],
    removed: false,
  },
  {
    iin: '001300900021',
    surname: 'ПРИМЕРОВ',
    name: 'ПЁТР',
    birthDate: '2004-02-29',
    gender: male,
    citizenship: kazakhstan,
    lifeStatus: alive,
    regAddress,
    documents: [
      {
        type: { code: '001', nameRu: 'ПАСПОРТ РК', nameKz: 'ҚР ПАСПОРТЫ' },
        number: 'N00000001',
        beginDate: '2010-01-01',
        endDate: '2019-12-31',
        issueOrganization: ministry,
        status: { code: 'EMU-EXPIRED', nameRu: 'ИСТЁК СРОК', nameKz: 'МЕРЗІМІ ӨТКЕН' },
      },
      { ...card, number: '000000046', surname: 'ОБРАЗЦОВ', invalidityDate: '2021-01-01' },
      { ...card, number: '000000047' },
      {
        type: { code: 'EMU-OTHER', nameRu: 'ДРУГОЙ ДОКУМЕНТ', nameKz: 'БАСҚА ҚҰЖАТ' },
        number: '01',
        series: '0A',
        status: card.status,
      },
    ],
    addresses: [student, { country: { code: '004', nameRu: 'АФГАНИСТАН', nameKz: 'АУҒАНСТАН' } }],
    removed: false,
  },
  {
    iin: '001300900207',
    surname: 'ҮЛГІЕВ',
    name: 'ҒАЛЫМ',
    birthDate: '1930-12-31',
    deathDate: '2024-02-29',
    gender: male,
    citizenship: kazakhstan,
    lifeStatus: entry('EMU-DEAD', 'Умер (эмулятор)', 'Қайтыс болған (эмулятор)'),
    deathCertificate: { number: '0001', beginDate: '2024-03-01', issueOrganisation: 'РАГС' },
    documents: [{ ...card, status: entry('EMU-OWNER-DEAD', 'СМЕРТЬ ВЛАДЕЛЬЦА', 'ИЕСІ ҚАЙТЫС БОЛҒАН') }],
    addresses: [],
    removed: false,
  },
  {
    iin: '001300900219',
    surname: 'НОВАЯ',
    name: 'ЕВА',
    birthDate: '1975-07-07T00:00:00+06:00',
    gender: entry('EMU-99', 'Код, которого никто не знает', 'Ешкім білмейтін код'),
    nationality: { code: 'EMU-000' },
    lifeStatus: { code: 'EMU-17', nameRu: 'Состояние, которого раньше не было' },
    personCapableStatus: {
      capableStatus: entry('EMU-LIMITED', 'ОГРАНИЧЕННО ДЕЕСПОСОБНА', 'ӘРЕКЕТ ҚАБІЛЕТІ ШЕКТЕУЛІ'),
      capableDate: '2015-05-05',
      capableNumber: '07',
      court: entry('EMU-09', 'СУД', 'СОТ'),
    },
    documents: [{ type: { code: 'EMU-098' }, number: '1', status: { code: 'EMU-77' } }],
    addresses: [],
  },
  {
    iin: '001300900220',
    surname: 'БЕЗДАННЫХ',
    gender: { nameRu: 'НЕ УКАЗАН' },
    citizenship: {},
    documents: [],
    addresses: [],
  },
  {
    iin: '001300900232',
    surname: 'ҮЛГІ',
    name: 'БАЛА',
    birthDate: '2025-01-01',
    lifeStatus: alive,
    birthCertificate: { number: '0002', beginDate: '2025-01-20', issueOrganisation: 'РАГС' },
    excludeStatus: {
      excludeReason: entry('EMU-DOUBLE', 'ДВОЙНОЙ ИИН', 'ҚОСАРЛАНҒАН ЖСН'),
      excludeDate: '2025-06-01',
    },
    documents: [],
    addresses: [],
    removed: true,
  },
];
