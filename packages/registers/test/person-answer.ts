/** An answer of the register of persons with every field that is known, about somebody who cannot exist. */
import type { PersonResponse } from '../src/index.ts';

const entry = (element: string, code: string, nameRu: string, nameKz: string): string =>
  `<${element}><code>${code}</code><nameRu>${nameRu}</nameRu><nameKz>${nameKz}</nameKz>
   <changeDate xsi:nil="true"/></${element}>`;

const country = entry('country', '004', 'АФГАНИСТАН', 'АУҒАНСТАН');
const place = `${country}${entry('district', '1907', 'АЛМАТЫ', 'АЛМАТЫ')}
  ${entry('region', '1907226', 'РАЙОН', 'АУДАН')}
  <foreignData><districtName>Кабул</districtName><regionName>Центр</regionName></foreignData><city>ТАЛҒАР</city>`;
const house = `<street>УЛИЦА Примерная</street><building>007</building><corpus>05</corpus><flat>012</flat>
  <beginDate>2010-09-01</beginDate><endDate>2020-01-01+06:00</endDate>`;

export const personAnswerXml = `<data xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <messageId>answer</messageId>
  <messageDate>2026-01-13T10:00:02.000+05:00</messageDate>
  <requestId>question</requestId>
  ${entry('sender', 'GBDFL', 'ГБД ФЛ', 'ЖТ МДҚ')}
  ${entry('receiver', 'SENDER', 'Пример', 'Мысал')}
  <messageResult><code>00000</code><nameRu>Обработано</nameRu><nameKz>Өңделді</nameKz>
    <changeDate xsi:nil="true"/></messageResult>
  <persons><person>
    <iin>001300900011</iin>
    <surname>ҮЛГІЕВА</surname><name>ӘСЕЛ</name><patronymic>МЫСАЛҚЫЗЫ</patronymic>
    <engFirstName>ASSEL</engFirstName><engSurname>ULGIYEVA</engSurname>
    <birthDate>1990-02-28</birthDate><deathDate>2024-02-29</deathDate>
    ${entry('gender', '2', 'ЖЕНСКИЙ', 'ӘЙЕЛ')}
    ${entry('nationality', '005', 'КАЗАШКА', 'ҚАЗАҚ')}
    ${entry('citizenship', '398', 'КАЗАХСТАН', 'ҚАЗАҚСТАН')}
    ${entry('lifeStatus', 'MADE-UP', 'УМЕР', 'ҚАЙТЫС БОЛДЫ')}
    <birthCertificate><number>01</number><beginDate>1990-03-10</beginDate>
      <issueOrganisation>РАГС</issueOrganisation></birthCertificate>
    <deathCertificate><number>02</number><beginDate>2024-03-01</beginDate>
      <issueOrganisation>РАГС</issueOrganisation></deathCertificate>
    <birthPlace>${place}<birthTeCodeAR>020130</birthTeCodeAR></birthPlace>
    <regAddress>${place}${house}${entry('status', '1', 'ПОСТОЯННАЯ', 'ТҰРАҚТЫ')}
      ${entry('invalidity', '0', 'НЕТ', 'ЖОҚ')}<arCode>0201300198716153</arCode></regAddress>
    <personCapableStatus>${entry('capableStatus', '01', 'ОГРАНИЧЕН', 'ШЕКТЕУЛІ')}
      <capableDate>2015-05-05</capableDate><capableEndDate>2016-05-05</capableEndDate>
      <capableNumber>7</capableNumber>${entry('court', '09', 'СУД', 'СОТ')}</personCapableStatus>
    <missingStatus><missing>true</missing><missingDate>2017-01-01</missingDate>
      <missingEndDate>2018-01-01</missingEndDate><missingNumber>08</missingNumber>
      ${entry('gpTerritorial', '03', 'ПРОКУРАТУРА', 'ПРОКУРАТУРА')}</missingStatus>
    <disappearStatus><disappear>0</disappear><disappearDate>2017-01-01</disappearDate>
      <disappearEndDate>2018-01-01</disappearEndDate><disappearNumber>08</disappearNumber>
      ${entry('gpTerritorial', '03', 'ПРОКУРАТУРА', 'ПРОКУРАТУРА')}</disappearStatus>
    <excludeStatus>${entry('excludeReason', '2', 'ДУБЛЬ', 'ҚОСАРЛАНҒАН')}
      <excludeReasonDate>2019-01-01</excludeReasonDate><excludeDate>2019-02-01</excludeDate>
      ${entry('excludeParticipant', '4', 'УЧАСТНИК', 'ҚАТЫСУШЫ')}</excludeStatus>
    <repatriationStatus>${entry('repatriationStatus', '1', 'КАНДАС', 'ҚАНДАС')}
      <repatriationDate>2005-01-01T00:00:00</repatriationDate>
      <repatriationEndDate>2006-01-01T00:00:00</repatriationEndDate>
      <repatriationNumber>0009</repatriationNumber>${entry('repatriationOrg', '5', 'ОРГАН', 'ОРГАН')}
      ${entry('repatriationReason', '6', 'ПРИЧИНА', 'СЕБЕП')}</repatriationStatus>
    <documents><document>
      ${entry('type', '002', 'УДОСТОВЕРЕНИЕ', 'КУӘЛІК')}
      <number>000000045</number><series>0A</series>
      <beginDate>2016-05-20</beginDate><endDate>2026-05-19</endDate>
      ${entry('issueOrganization', '002', 'МВД РК', 'ҚР ІІМ')}
      ${entry('status', '00', 'ДЕЙСТВИТЕЛЕН', 'ЖАРАМДЫ')}
      <invalidityDate>2030-01-01</invalidityDate>
      <surname>ҮЛГІЕВА</surname><name>ӘСЕЛ</name><patronymic>МЫСАЛҚЫЗЫ</patronymic>
      <birthDate>1990-02-28</birthDate>
    </document></documents>
    <addresses><address>${entry('type', '3', 'ВРЕМЕННЫЙ', 'УАҚЫТША')}${place}${house}
      <arCode>0201</arCode></address></addresses>
    <removed>false</removed>
  </person></persons>
</data>`;

const dictionary = (code: string, nameRu: string, nameKz: string) => ({ code, nameRu, nameKz });
const where = {
  country: dictionary('004', 'АФГАНИСТАН', 'АУҒАНСТАН'),
  district: dictionary('1907', 'АЛМАТЫ', 'АЛМАТЫ'),
  region: dictionary('1907226', 'РАЙОН', 'АУДАН'),
  foreignData: { districtName: 'Кабул', regionName: 'Центр' },
  city: 'ТАЛҒАР',
};
const building = {
  street: 'УЛИЦА Примерная',
  building: '007',
  corpus: '05',
  flat: '012',
  beginDate: '2010-09-01',
  endDate: '2020-01-01+06:00',
};
const prosecutor = dictionary('03', 'ПРОКУРАТУРА', 'ПРОКУРАТУРА');

/** The same as a value. */
export const personAnswer: PersonResponse = {
  messageId: 'answer',
  messageDate: '2026-01-13T10:00:02.000+05:00',
  requestId: 'question',
  sender: dictionary('GBDFL', 'ГБД ФЛ', 'ЖТ МДҚ'),
  receiver: dictionary('SENDER', 'Пример', 'Мысал'),
  messageResult: dictionary('00000', 'Обработано', 'Өңделді'),
  persons: [
    {
      iin: '001300900011',
      surname: 'ҮЛГІЕВА',
      name: 'ӘСЕЛ',
      patronymic: 'МЫСАЛҚЫЗЫ',
      engFirstName: 'ASSEL',
      engSurname: 'ULGIYEVA',
      birthDate: '1990-02-28',
      deathDate: '2024-02-29',
      gender: dictionary('2', 'ЖЕНСКИЙ', 'ӘЙЕЛ'),
      nationality: dictionary('005', 'КАЗАШКА', 'ҚАЗАҚ'),
      citizenship: dictionary('398', 'КАЗАХСТАН', 'ҚАЗАҚСТАН'),
      lifeStatus: dictionary('MADE-UP', 'УМЕР', 'ҚАЙТЫС БОЛДЫ'),
      birthCertificate: { number: '01', beginDate: '1990-03-10', issueOrganisation: 'РАГС' },
      deathCertificate: { number: '02', beginDate: '2024-03-01', issueOrganisation: 'РАГС' },
      birthPlace: { ...where, birthTeCodeAR: '020130' },
      regAddress: {
        ...where,
        ...building,
        status: dictionary('1', 'ПОСТОЯННАЯ', 'ТҰРАҚТЫ'),
        invalidity: dictionary('0', 'НЕТ', 'ЖОҚ'),
        arCode: '0201300198716153',
      },
      personCapableStatus: {
        capableStatus: dictionary('01', 'ОГРАНИЧЕН', 'ШЕКТЕУЛІ'),
        capableDate: '2015-05-05',
        capableEndDate: '2016-05-05',
        capableNumber: '7',
        court: dictionary('09', 'СУД', 'СОТ'),
      },
      missingStatus: {
        missing: true,
        missingDate: '2017-01-01',
        missingEndDate: '2018-01-01',
        missingNumber: '08',
        gpTerritorial: prosecutor,
      },
      disappearStatus: {
        disappear: false,
        disappearDate: '2017-01-01',
        disappearEndDate: '2018-01-01',
        disappearNumber: '08',
        gpTerritorial: prosecutor,
      },
      excludeStatus: {
        excludeReason: dictionary('2', 'ДУБЛЬ', 'ҚОСАРЛАНҒАН'),
        excludeReasonDate: '2019-01-01',
        excludeDate: '2019-02-01',
        excludeParticipant: dictionary('4', 'УЧАСТНИК', 'ҚАТЫСУШЫ'),
      },
      repatriationStatus: {
        repatriationStatus: dictionary('1', 'КАНДАС', 'ҚАНДАС'),
        repatriationDate: '2005-01-01T00:00:00',
        repatriationEndDate: '2006-01-01T00:00:00',
        repatriationNumber: '0009',
        repatriationOrg: dictionary('5', 'ОРГАН', 'ОРГАН'),
        repatriationReason: dictionary('6', 'ПРИЧИНА', 'СЕБЕП'),
      },
      documents: [
        {
          type: dictionary('002', 'УДОСТОВЕРЕНИЕ', 'КУӘЛІК'),
          number: '000000045',
          series: '0A',
          beginDate: '2016-05-20',
          endDate: '2026-05-19',
          issueOrganization: dictionary('002', 'МВД РК', 'ҚР ІІМ'),
          status: dictionary('00', 'ДЕЙСТВИТЕЛЕН', 'ЖАРАМДЫ'),
          invalidityDate: '2030-01-01',
          surname: 'ҮЛГІЕВА',
          name: 'ӘСЕЛ',
          patronymic: 'МЫСАЛҚЫЗЫ',
          birthDate: '1990-02-28',
        },
      ],
      addresses: [{ type: dictionary('3', 'ВРЕМЕННЫЙ', 'УАҚЫТША'), ...where, ...building, arCode: '0201' }],
      removed: false,
    },
  ],
};
