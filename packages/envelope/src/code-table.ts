/**
 * The status and fault codes that evidence exists for, in own words.
 *
 * The gateway's official table is not public. Whoever adds a code says in `evidence` how it is known.
 *
 * @module
 */
/** A sentence in the languages of the country's offices, and in English. */
export interface Wording {
  readonly ru: string;
  readonly kk: string;
  readonly en: string;
}

/** How well a meaning is evidenced. No official table of the codes is public. */
export type CodeEvidence =
  /** Seen in a captured message. */
  | 'observed'
  /** Taken from published code that works with the gateway. */
  | 'code'
  /** Taken from a service's own documents. */
  | 'documented'
  /** A single indirect mention. */
  | 'weak';

/** Where a code stands in a message. */
export type CodePlace =
  /** `status/code` of an answer. */
  | 'status'
  /** `errorCode` or `faultcode` of a fault. */
  | 'fault'
  /** `sessionId`, misused by servers that descend from one sample. */
  | 'session-id';

/** A code in words: its meaning, and what to do about it. */
export interface CodeExplanation extends Wording {
  readonly code: string;
  readonly place: CodePlace;
  readonly remedy: Wording;
  readonly evidence: CodeEvidence;
}

const nothingToDo: Wording = {
  ru: 'Действий не требуется.',
  kk: 'Ешқандай әрекет қажет емес.',
  en: 'Nothing to do.',
};

const readMessage: Wording = {
  ru: 'Прочитайте текст статуса, исправьте данные запроса и отправьте новое сообщение.',
  kk: 'Күй мәтінін оқып, сұрау деректерін түзетіңіз де, жаңа хабарлама жіберіңіз.',
  en: 'Read the text of the status, correct the request data and send a new message.',
};

const askOwner: Wording = {
  ru: 'Обратитесь к владельцу сервиса, назвав messageId и время сообщения.',
  kk: 'messageId мен хабарлама уақытын көрсетіп, сервис иесіне хабарласыңыз.',
  en: 'Ask the owner of the service, with the messageId and the time of the message.',
};

const renewCertificate: Wording = {
  ru: 'Проверьте срок действия и отзыв регистрационного свидетельства и часы компьютера.',
  kk: 'Тіркеу куәлігінің мерзімі мен кері қайтарылмағанын және компьютер сағатын тексеріңіз.',
  en: 'Check that the certificate is neither expired nor revoked, and the clock of the machine.',
};

const signPayload: Wording = {
  ru: 'Подпишите бизнес-данные внутри data: это другая подпись, не транспортная.',
  kk: 'data ішіндегі бизнес-деректерге қол қойыңыз: бұл көліктік қолтаңбадан бөлек қолтаңба.',
  en: 'Sign the business data inside data: that is another signature than the transport one.',
};

const success: Wording = {
  ru: 'Сообщение успешно обработано.',
  kk: 'Хабарлама сәтті өңделді.',
  en: 'The message was processed successfully.',
};

const proxyRefusal: Wording = {
  ru: 'Отказ посредника перед государственной системой; это не код шлюза.',
  kk: 'Мемлекеттік жүйенің алдындағы делдалдың бас тартуы; бұл шлюз коды емес.',
  en: 'A refusal of a proxy in front of a state system; not a code of the gateway.',
};

/** Every known code, each once. */
export const codeTable: readonly CodeExplanation[] = [
  { code: 'SCSS001', place: 'status', ...success, remedy: nothingToDo, evidence: 'observed' },
  { code: 'Success', place: 'status', ...success, remedy: nothingToDo, evidence: 'observed' },
  { code: 'SUCCESS', place: 'status', ...success, remedy: nothingToDo, evidence: 'documented' },
  {
    code: 'ERROR',
    place: 'status',
    ru: 'Сервис отклонил сообщение без кода причины.',
    kk: 'Сервис хабарламаны себеп кодынсыз қабылдамады.',
    en: 'The service refused the message without a code of the reason.',
    remedy: readMessage,
    evidence: 'code',
  },
  {
    code: 'SCSE001',
    place: 'status',
    ru: 'Сервис не смог обработать сообщение или ничего не найдено.',
    kk: 'Сервис хабарламаны өңдей алмады немесе ештеңе табылмады.',
    en: 'The service could not process the message, or found nothing.',
    remedy: readMessage,
    evidence: 'observed',
  },
  {
    code: 'SCSE002',
    place: 'status',
    ru: 'Ошибка в бизнес-данных.',
    kk: 'Бизнес-деректерде қате бар.',
    en: 'The business data has an error.',
    remedy: readMessage,
    evidence: 'documented',
  },
  {
    code: 'SCSE003',
    place: 'status',
    ru: 'Необработанная ошибка на стороне сервиса.',
    kk: 'Сервис жағындағы өңделмеген қате.',
    en: 'An unhandled error on the side of the service.',
    remedy: askOwner,
    evidence: 'documented',
  },
  {
    code: 'SCE001',
    place: 'fault',
    ru: 'Сообщение не соответствует формату.',
    kk: 'Хабарлама форматқа сай емес.',
    en: 'The message does not fit the format.',
    remedy: {
      ru: 'Проверьте состав и порядок элементов и формат данных этого сервиса.',
      kk: 'Элементтердің құрамы мен ретін және осы сервистің деректер форматын тексеріңіз.',
      en: 'Check the elements, their order and the data format of this service.',
    },
    evidence: 'code',
  },
  {
    code: 'SCE004',
    place: 'fault',
    ru: 'Сервис не существует.',
    kk: 'Сервис жоқ.',
    en: 'The service does not exist.',
    remedy: {
      ru: 'Проверьте serviceId по реестру сервисов, адрес контура (тест или промышленный) и подключение к сервису.',
      kk: 'Сервистер тізілімі бойынша serviceId, орта мекенжайын (тест немесе өнеркәсіптік) және сервиске қосылуды тексеріңіз.',
      en: 'Check the serviceId in the registry, the address (test or production) and your connection to the service.',
    },
    evidence: 'code',
  },
  {
    code: 'SCE005',
    place: 'fault',
    ru: 'Транспортная подпись не актуальна.',
    kk: 'Көліктік қолтаңба өзекті емес.',
    en: 'The transport signature is out of date.',
    remedy: renewCertificate,
    evidence: 'code',
  },
  {
    code: 'SCE006',
    place: 'fault',
    ru: 'Неверная транспортная подпись.',
    kk: 'Көліктік қолтаңба дұрыс емес.',
    en: 'The transport signature is wrong.',
    remedy: {
      ru: 'Убедитесь, что байты не меняются после подписи, а свидетельство зарегистрировано за этим отправителем.',
      kk: 'Қол қойылғаннан кейін байттар өзгермейтініне және куәлік осы жіберушіге тіркелгеніне көз жеткізіңіз.',
      en: 'Make sure that no byte changes after signing and that the certificate is registered for this sender.',
    },
    evidence: 'code',
  },
  {
    code: 'SCE007',
    place: 'fault',
    ru: 'Сообщение не подписано.',
    kk: 'Хабарламаға қол қойылмаған.',
    en: 'The message is not signed.',
    remedy: {
      ru: 'Добавьте транспортную подпись: настройте ключ и проверьте, что прокси не удаляет заголовок.',
      kk: 'Көліктік қолтаңбаны қосыңыз: кілтті баптап, прокси тақырыпты алып тастамайтынын тексеріңіз.',
      en: 'Add the transport signature: configure a key, and check that no proxy removes the header.',
    },
    evidence: 'code',
  },
  {
    code: 'SCE013',
    place: 'fault',
    ru: 'Ошибка при отправке запроса; точное значение неизвестно.',
    kk: 'Сұрау жіберу кезіндегі қате; нақты мағынасы белгісіз.',
    en: 'An error while the request was sent on; the exact meaning is unknown.',
    remedy: {
      ru: 'Обратитесь в поддержку оператора шлюза, назвав messageId и время сообщения.',
      kk: 'messageId мен хабарлама уақытын көрсетіп, шлюз операторының қолдау қызметіне хабарласыңыз.',
      en: 'Ask the support of the gateway, with the messageId and the time of the message.',
    },
    evidence: 'weak',
  },
  {
    code: 'SCE015',
    place: 'fault',
    ru: 'Подпись бизнес-данных не актуальна.',
    kk: 'Бизнес-деректер қолтаңбасы өзекті емес.',
    en: 'The signature of the business data is out of date.',
    remedy: renewCertificate,
    evidence: 'code',
  },
  {
    code: 'SCE016',
    place: 'fault',
    ru: 'Неверная подпись бизнес-данных.',
    kk: 'Бизнес-деректер қолтаңбасы дұрыс емес.',
    en: 'The signature of the business data is wrong.',
    remedy: {
      ru: 'Передавайте подписанные бизнес-данные без изменений, текстом внутри data.',
      kk: 'Қол қойылған бизнес-деректерді өзгертпей, data ішінде мәтін ретінде беріңіз.',
      en: 'Send the signed business data unchanged, as text inside data.',
    },
    evidence: 'code',
  },
  {
    code: 'SCE017',
    place: 'fault',
    ru: 'Бизнес-данные не подписаны.',
    kk: 'Бизнес-деректерге қол қойылмаған.',
    en: 'The business data is not signed.',
    remedy: signPayload,
    evidence: 'code',
  },
  {
    code: 'SCE909',
    place: 'fault',
    ru: 'Внутренняя ошибка системы, обрабатывающей сообщение; встречается у одного поставщика.',
    kk: 'Хабарламаны өңдейтін жүйенің ішкі қатесі; бір жеткізушіде ғана кездеседі.',
    en: 'An internal error of the system that processes the message; seen at one provider.',
    remedy: askOwner,
    evidence: 'code',
  },
  ...['FAULT015', 'FAULT-015', 'SBF-VE-8', 'SBF-AD-1', 'VAL-JSR-001', 'VAL-R-004'].map(
    (code): CodeExplanation => ({
      code,
      place: 'status',
      ...proxyRefusal,
      remedy: {
        ru: 'Обратитесь к владельцу посредника: значение кода известно только ему.',
        kk: 'Делдалдың иесіне хабарласыңыз: кодтың мағынасын тек сол біледі.',
        en: 'Ask the owner of the proxy: only they know what the code means.',
      },
      evidence: 'code',
    }),
  ),
  {
    code: 'SIGN_NOT_EXIST',
    place: 'session-id',
    ru: 'Сервер не нашёл транспортной подписи в запросе и сообщил об этом в sessionId.',
    kk: 'Сервер сұраудан көліктік қолтаңбаны таппай, бұл туралы sessionId өрісінде хабарлады.',
    en: 'The server found no transport signature in the request and says so in sessionId.',
    remedy: {
      ru: 'Добавьте транспортную подпись к запросу.',
      kk: 'Сұрауға көліктік қолтаңба қосыңыз.',
      en: 'Add the transport signature to the request.',
    },
    evidence: 'code',
  },
  {
    code: 'IS_NOT_VALID',
    place: 'session-id',
    ru: 'Сервер счёл транспортную подпись запроса недействительной и сообщил об этом в sessionId.',
    kk: 'Сервер сұраудың көліктік қолтаңбасын жарамсыз деп тауып, бұл туралы sessionId өрісінде хабарлады.',
    en: 'The server found the transport signature of the request invalid and says so in sessionId.',
    remedy: {
      ru: 'Проверьте ключ и то, что байты не меняются после подписи.',
      kk: 'Кілтті және қол қойылғаннан кейін байттар өзгермейтінін тексеріңіз.',
      en: 'Check the key, and that no byte changes after signing.',
    },
    evidence: 'code',
  },
];
