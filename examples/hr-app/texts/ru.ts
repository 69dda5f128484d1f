const plural = new Intl.PluralRules('ru');

/** «1 день», «2 дня», «5 дней». */
function counted(count: number, [one, few, many]: readonly [string, string, string]): string {
  const rule = plural.select(count);
  return `${count} ${rule === 'one' ? one : rule === 'few' ? few : many}`;
}

const days = (count: number): string => counted(count, ['день', 'дня', 'дней']);

function left(count: number): string {
  return `${plural.select(count) === 'one' ? 'остался' : 'осталось'} ${days(count)}`;
}

export const ru = {
  title: 'Трудовые договоры',
  employer: 'Работодатель, БИН',
  rehearsal: 'Учебный режим: встроенный эмулятор шлюза, вымышленные люди',
  language: 'Язык',
  skip: 'К содержанию',
  close: 'Закрыть карточку',
  today: (date: string): string => `Сегодня ${date}`,

  employees: 'Сотрудники',
  employee: 'Сотрудник',
  contract: 'Договор',
  state: 'Состояние',
  term: 'Срок',
  nobody: 'Пока никого нет. Добавьте первого сотрудника.',
  add: 'Добавить сотрудника',
  from: (date: string): string => `от ${date}`,

  states: {
    draft: 'Черновик',
    registered: 'Зарегистрирован',
    terminated: 'Прекращён',
    'under-way': 'В пути',
    answered: 'Есть ответ',
    refused: 'Отказ',
    'not-sent': 'Не отправлен',
    'in-doubt': 'Неизвестно',
  },
  stateHelp: {
    draft: 'записан здесь, в ЕСУТД не отправлен',
    registered: 'ЕСУТД принял запись и дал ей номер',
    refused: 'ответ пришёл, и он отрицательный; причина и что делать — в карточке',
    'in-doubt': 'ответ не пришёл: есть запись или нет, нужно проверить вручную',
    terminated: 'договор прекращён; править его может только орган по труду',
  },
  legend: 'Что значат состояния',
  registeredId: 'Номер в ЕСУТД',

  deadlines: 'Сроки',
  noDeadlines: 'Всё отправлено, ближайших сроков нет.',
  later: (count: number): string => `Позже: ${count}`,
  events: {
    conclusion: 'Зарегистрировать договор',
    change: 'Отправить соглашение',
    termination: 'Сообщить о прекращении',
    correction: 'Исправить запись',
    restoration: 'Сообщить о восстановлении',
  },
  until: (date: string): string => `до ${date}`,
  daysLeft: (count: number): string =>
    count < 0 ? `просрочено на ${days(-count)}` : count === 0 ? 'сегодня последний день' : left(count),
  withoutHolidays: 'без учёта праздников',

  fields: {
    name: 'Фамилия, имя, отчество',
    iin: 'ИИН',
    number: 'Номер договора',
    signedOn: 'Подписан',
    beginsOn: 'Работает с',
    position: 'Должность по НКЗ',
    staffPosition: 'Штатная должность',
    conscript: 'Воинская обязанность',
    agreementNumber: 'Номер соглашения',
    agreementBeginsOn: 'Действует с',
    endsOn: 'Последний день работы',
    reason: 'Основание',
    confirm: 'Номер договора в ЕСУТД',
    finding: 'Что нашлось',
    note: 'Откуда это известно',
    registeredId: 'Номер в ЕСУТД',
  },
  hints: {
    iin: '12 цифр, с нулями в начале',
    position: 'Код вида 2511-1-002',
    staffPosition: 'Как в штатном расписании',
    conscript: 'Код; известен только 1',
    confirm: (id: string): string => `Впишите ${id}, чтобы подтвердить`,
    note: 'Например: нет в кабинете enbek.kz на 22 ноября. Без персональных данных',
    registeredId: 'Если запись нашлась',
  },
  chooseReason: '— выберите —',

  newEmployee: 'Новый сотрудник и договор',
  save: 'Сохранить черновик',
  saveAndRegister: 'Сохранить и зарегистрировать',
  register: 'Зарегистрировать',
  registerAgain: 'Зарегистрировать ещё раз',
  edit: 'Исправить данные',
  change: 'Доп. соглашение',
  changeTitle: 'Дополнительное соглашение',
  correctAgreement: 'Исправить соглашение',
  sendAgreement: 'Отправить соглашение',
  terminate: 'Прекратить договор',
  terminateTitle: 'Прекращение договора',
  terminateWarning:
    'Это нельзя отменить. После прекращения договор может править только орган по труду (SCSE092).',
  terminateNow: 'Прекратить без возможности отмены',
  resolveTitle: 'Что нашлось в ЕСУТД?',
  resolveHelp:
    'Сообщение ушло, а ответ не пришёл. Само оно повторно не отправится. Найдите договор в ЕСУТД и запишите, что нашлось.',
  found: 'Запись есть',
  notFound: 'Записи нет — можно отправлять снова',
  noteId: 'Запись нашлась: записать её номер',
  record: 'Записать',
  cancel: 'Отмена',
  agreements: 'Соглашения',

  whatToDo: 'Что делать',
  why: 'Почему',
  refusedByGateway: 'Шлюз отклонил сообщение',
  refusedByRegister: 'АИС «ООП» отказала',
  unknownCode: 'Этого кода в справочнике нет.',
  askSupport: 'Спросите поддержку шлюза, назвав код и номер сообщения.',
  notSentText: 'Сообщение не ушло. Отправьте ещё раз, когда связь появится.',
  toCorrect: (count: number): string => `Исправить: ${counted(count, ['поле', 'поля', 'полей'])}`,
  ready: 'Готов к отправке',
  errors: (count: number): string => `Нужно исправить: ${counted(count, ['ошибка', 'ошибки', 'ошибок'])}`,

  history: 'История',
  noHistory: 'Ещё ничего не отправлялось.',
  operations: { register: 'Регистрация', change: 'Доп. соглашение', terminate: 'Прекращение' },
  attempt: (number: number): string => `попытка ${number}`,
  stepStates: {
    'under-way': 'в пути',
    accepted: 'принято',
    answered: 'есть ответ',
    refused: 'отказано',
    'not-sent': 'не отправлено',
    'in-doubt': 'исход неизвестен',
  },
  endings: {
    '15': 'шаг 15: ответ получен',
    '6.1': 'окончание 6.1: отклонил шлюз',
    '9.1': 'окончание 9.1: отказала АИС «ООП»',
  },
  message: 'сообщение',

  notices: {
    saved: 'Черновик сохранён.',
    accepted: 'Принято ЕСУТД.',
    refused: 'Получен отказ — причина ниже.',
    invalid: 'Не отправлено: сначала исправьте данные.',
    'not-sent': 'Сообщение не ушло.',
    'in-doubt': 'Ответ не пришёл.',
    'under-way': 'Отправлено, ждём ответа.',
    answered: 'Ответ пришёл, номера в нём нет.',
    noted: 'Вписан номер из ЕСУТД.',
    resolved: 'Записано.',
  },

  formRules: {
    name: 'Впишите имя буквами, до 200 знаков.',
    confirm: 'Номер не тот. Ничего не отправлено.',
    note: 'Впишите, откуда это известно, до 1000 знаков.',
    finding: 'Выберите, что нашлось.',
    registeredId: 'Впишите номер, до 200 знаков.',
  },
  toList: 'К списку сотрудников',
  refusals: {
    'forged-form': {
      heading: 'Форма устарела',
      text: 'Приложение перезапускалось, или форму открыли в другом браузере. Ничего не сохранено и не отправлено: откройте форму заново.',
    },
    'foreign-form': {
      heading: 'Форма не подходит',
      text: 'Она относится к другому договору или изменена по дороге. Ничего не сохранено и не отправлено: откройте форму заново.',
    },
    'too-large': {
      heading: 'Слишком много текста',
      text: 'Форма больше 64 Кбайт. Ничего не сохранено и не отправлено.',
    },
    broken: {
      heading: 'Что-то сломалось',
      text: 'Что именно — в консоли приложения. Отправлено ли что-нибудь, видно по карточке сотрудника.',
    },
    'not-found': {
      heading: 'Такой страницы нет',
      text: 'Возможно, адрес набран с ошибкой.',
    },
  },
};
