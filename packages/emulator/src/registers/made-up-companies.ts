import type {
  FounderPerson,
  OrganizationLeader,
  OrganizationShort,
  RegisterDeal,
  ReportDictionaryEntry,
} from '@egov-gateway/registers';

/** A made-up company (юридическое лицо), branch or representation that cannot exist. */
export interface MadeUpCompany {
  readonly bin: string;
  /** 1 company, 2 branch, 3 representation. */
  readonly orgFormCode: number;
  readonly nameRu: string;
  readonly nameKz: string;
  /** In Russian and Kazakh; what the real register says is not published. */
  readonly status: { readonly nameRu: string; readonly nameKz: string };
  readonly registrationDate: string;
  readonly registrationLastDate: string;
  /** At least one. */
  readonly deals: readonly RegisterDeal[];
  readonly grounds: readonly ReportDictionaryEntry[];
  readonly leader: OrganizationLeader;
  readonly founders: readonly OrganizationShort[];
  readonly persons: readonly FounderPerson[];
  readonly head?: OrganizationShort | undefined;
}

const deal = (
  registerDealTypeId: string,
  registerDealTypeNameRu: string,
  registerDealTypeNameKz: string,
  registerDealTypeDate: string,
): RegisterDeal => ({
  registerDealTypeId,
  registerDealTypeNameRu,
  registerDealTypeNameKz,
  registerDealTypeDate,
});
const first = (date: string): RegisterDeal => deal('EMU-01', 'Первичная регистрация', 'Алғашқы тіркеу', date);
const registered = { nameRu: 'Зарегистрирован', nameKz: 'Тіркелген' };
const leader: OrganizationLeader = {
  fio: { surName: 'ҮЛГІЕВА', name: 'ӘСЕЛ', middleName: 'МЫСАЛҚЫЗЫ' },
  positionInfo: { nameRu: 'Директор', nameKz: 'Директор', appointmentDate: '2020-01-15' },
  iin: '001300900011',
};

/** Who has the consents that the built-in reports ask for: heads and founders. */
export const madeUpCompanies: readonly MadeUpCompany[] = [
  {
    bin: '991340000801',
    orgFormCode: 1,
    nameRu: 'Товарищество с ограниченной ответственностью «Пример»',
    nameKz: '«Мысал» жауапкершілігі шектеулі серіктестігі',
    status: registered,
    registrationDate: '2001-02-03',
    registrationLastDate: '2024-02-29',
    deals: [
      first('2001-02-03'),
      {
        ...deal('EMU-02', 'Перерегистрация', 'Қайта тіркеу', '2024-02-29'),
        noticeRu: 'смена адреса',
        noticeKz: 'мекенжайдың ауысуы',
      },
    ],
    grounds: [
      { code: 'EMU-05', nameRu: 'Смена адреса', nameKz: 'Мекенжайдың ауысуы' },
      { code: 'EMU-06', nameRu: 'Смена руководителя', nameKz: 'Басшының ауысуы' },
    ],
    leader,
    founders: [{ organizationNameRu: 'АО «Образец»', organizationNameKz: '«Үлгі» АҚ', bin: '991340000027' }],
    persons: [{ fio: { surName: 'ПРИМЕРОВ', name: 'ПЁТР' }, iin: '001300900021' }],
  },
  {
    bin: '991340000813',
    orgFormCode: 2,
    nameRu: 'Филиал ТОО «Пример»',
    nameKz: '«Мысал» ЖШС филиалы',
    status: registered,
    registrationDate: '2010-10-10',
    registrationLastDate: '2010-10-10',
    deals: [first('2010-10-10')],
    grounds: [],
    leader: { positionInfo: { nameRu: 'Директор филиала', nameKz: 'Филиал директоры' } },
    founders: [],
    persons: [],
    head: { organizationNameRu: 'ТОО «Пример»', organizationNameKz: '«Мысал» ЖШС', bin: '991340000801' },
  },
  {
    bin: '991340000825',
    orgFormCode: 1,
    nameRu: 'ТОО «Былое»',
    nameKz: '«Бұрынғы» ЖШС',
    status: { nameRu: 'Ликвидирован', nameKz: 'Таратылған' },
    registrationDate: '1999-09-09',
    registrationLastDate: '2020-12-31',
    deals: [first('1999-09-09'), deal('EMU-09', 'Ликвидация', 'Тарату', '2020-12-31')],
    grounds: [{ code: 'EMU-09', nameRu: 'Ликвидация', nameKz: 'Тарату' }],
    leader,
    founders: [],
    persons: [{ fio: { surName: 'ҮЛГІЕВ' } }],
  },
];
