/** Reports with every element of their schemas, about companies that cannot exist. */
import type {
  RegistrationReportResponse,
  ReportRequest,
  ReregistrationReportResponse,
} from '../src/index.ts';

export const reportRequest: ReportRequest = {
  requestNumber: '0007',
  declarantId: '991340000017',
  requestDate: '2026-01-13T10:00:02.000+05:00',
  requestSystemId: '05',
  businessData: {
    bin: '991340000801',
    requestor: {
      person: { iin: '001300900011', surName: 'ҮЛГІЕВА', name: 'ӘСЕЛ', middleName: 'МЫСАЛҚЫЗЫ' },
      organization: {
        bin: '991340000017',
        organizationNameRu: 'ТОО «Пример»',
        organizationNameKz: '«Мысал» ЖШС',
      },
      legal: true,
    },
    infoAbtToken: { tokens: [{ code: 'TOKEN', publicKey: 'KEY' }, { code: 'ANOTHER' }] },
  },
};

const head = {
  requestNumber: '0007',
  declarantId: '991340000017',
  requestDate: '2026-01-13T10:00:02.000+05:00',
  requestSystemId: '05',
  status: { code: '002', nameRu: 'Обработан', nameKz: 'Өңделді' },
};
const department = { code: '0071', nameRu: 'Управление юстиции', nameKz: 'Әділет басқармасы' };
const names = { organizationNameRu: 'Филиал', organizationNameKz: 'Филиалы' };
const { requestor } = reportRequest.businessData;

export const registrationAnswer: RegistrationReportResponse = {
  ...head,
  businessData: {
    reportNumber: '00123',
    organization: {
      orgFormCode: 2,
      bin: '991340000801',
      ...names,
      registrationDepartment: department,
      registrationDate: '2001-02-03',
      registrationLastDate: '2024-02-29+05:00',
      organizationLeader: {
        fio: { surName: 'ҮЛГІЕВ', name: 'ӘЛІ', middleName: 'МЫСАЛҰЛЫ' },
        positionInfo: {
          nameRu: 'Директор',
          nameKz: 'Директор',
          appointmentDate: '2020-01-01',
          addInfoRu: 'нет',
          addInfoKz: 'жоқ',
        },
        iin: '001300900011',
      },
      foundersUl: [{ ...names, bin: '991340000027' }, names],
      foundersFl: [{ fio: { surName: 'ҮЛГІЕВА' }, iin: '001300900207' }, { fio: {} }],
      foundersCount: 4,
      activityTypeNameRu: 'Образцы',
      activityTypeNameKz: 'Үлгілер',
      headerOrganization: { ...names, bin: '991340000017' },
      legalAddress: { rka: '0201300198716153', nameRu: 'Алматы', nameKz: 'Алматы' },
      countFlFounders: 2,
      countUlFounders: 2,
    },
    registerDeals: [
      {
        registerDealTypeId: '01',
        registerDealTypeNameRu: 'Первичная регистрация',
        registerDealTypeNameKz: 'Алғашқы тіркеу',
        registerDealTypeDate: '2001-02-03',
        noticeRu: 'по заявлению',
        noticeKz: 'өтініш бойынша',
      },
    ],
    requestor,
  },
};

export const reregistrationAnswer: ReregistrationReportResponse = {
  ...head,
  businessData: {
    reportNumber: '00124',
    organization: {
      orgFormCode: 1,
      bin: '991340000801',
      ...names,
      registrationDepartment: department,
      registrationLastDate: '2024-02-29',
      registrationLastBases: [department, { code: '05', nameRu: 'Смена адреса', nameKz: 'Мекенжай ауысуы' }],
      countFlFounders: 0,
      countUlFounders: 1,
    },
    requestor,
  },
};
