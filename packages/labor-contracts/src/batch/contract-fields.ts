import type { OperationName } from '../operations/wire-names.ts';
import type { ContractOperation } from '../registry/contract-key.ts';
import type { Wording } from '../scse/scse-row.ts';

/** What a column may hold. `key` is the caller's own key of the record. */
export type ContractField =
  | 'key'
  | 'employerBin'
  | 'employeeIin'
  | 'contractId'
  | 'contractNumber'
  | 'contractDate'
  | 'agreementNumber'
  | 'agreementDate'
  | 'beginDate'
  | 'position'
  | 'establishedPost'
  | 'conscript'
  | 'terminationDate'
  | 'terminationReason';

/** How the cells of a field are read. */
export type FieldKind = 'text' | 'identity' | 'date' | 'reason';

/** A field, and the titles that a column of it may have. */
export interface FieldTitles {
  readonly field: ContractField;
  readonly kind: FieldKind;
  /** How it is called in messages. */
  readonly name: Wording;
  /** Other titles that are recognised, in any of the languages. */
  readonly titles: readonly string[];
}

const field = (
  name: ContractField,
  kind: FieldKind,
  [ru, kk, en]: readonly [string, string, string],
  ...titles: readonly string[]
): FieldTitles => ({ field: name, kind, name: { ru, kk, en }, titles: [name, ru, kk, en, ...titles] });

/** All fields. Titles are words of our own and of usual tables of HR departments, not of any official form. */
export const contractFields: readonly FieldTitles[] = [
  field('key', 'text', ['Ключ', 'Кілт', 'Key'], 'Ключ записи', 'ID записи', 'Record key'),
  field(
    'employerBin',
    'identity',
    ['БИН работодателя', 'Жұмыс берушінің БСН', 'Employer BIN'],
    ...['БИН', 'БСН', 'BIN', 'БИН/ИИН работодателя', 'БИН организации', 'БИН компании', 'Ұйымның БСН'],
  ),
  field(
    'employeeIin',
    'identity',
    ['ИИН работника', 'Жұмыскердің ЖСН', 'Employee IIN'],
    ...['ИИН', 'ЖСН', 'IIN', 'ИИН сотрудника', 'Қызметкердің ЖСН', 'Жұмыскер ЖСН', 'IIN of the employee'],
  ),
  field(
    'contractId',
    'text',
    ['ID договора', 'Шарт ID', 'Contract ID'],
    ...[
      'Идентификатор договора',
      'ID договора в ЕСУТД',
      'ID ЕСУТД',
      'ID ТД',
      'Шарттың идентификаторы',
      'Registered ID',
    ],
  ),
  field(
    'contractNumber',
    'text',
    ['Номер договора', 'Шарт нөмірі', 'Contract number'],
    ...[
      '№ договора',
      '№ ТД',
      'Номер ТД',
      'Номер трудового договора',
      '№ трудового договора',
      'Еңбек шартының нөмірі',
    ],
    ...['Шарттың нөмірі', 'Contract no'],
  ),
  field(
    'contractDate',
    'date',
    ['Дата договора', 'Шарт күні', 'Contract date'],
    ...[
      'Дата заключения',
      'Дата заключения договора',
      'Дата ТД',
      'Дата трудового договора',
      'Дата подписания',
    ],
    ...['Шарт жасалған күн', 'Еңбек шартының күні', 'Шарттың күні', 'Date of contract', 'Signing date'],
  ),
  field(
    'agreementNumber',
    'text',
    ['Номер доп. соглашения', 'Қосымша келісім нөмірі', 'Agreement number'],
    ...[
      'Номер ДС',
      '№ ДС',
      '№ доп. соглашения',
      'Номер дополнительного соглашения',
      '№ дополнительного соглашения',
    ],
    ...['Қосымша келісімнің нөмірі'],
  ),
  field(
    'agreementDate',
    'date',
    ['Дата доп. соглашения', 'Қосымша келісім күні', 'Agreement date'],
    ...['Дата ДС', 'Дата дополнительного соглашения', 'Қосымша келісімнің күні'],
  ),
  field(
    'beginDate',
    'date',
    ['Дата начала', 'Басталу күні', 'Begin date'],
    ...[
      'Дата начала работы',
      'Начало работы',
      'Дата выхода',
      'Дата начала действия',
      'Жұмыстың басталу күні',
    ],
    ...['Жұмыс басталатын күн', 'Start date', 'First day'],
  ),
  field(
    'position',
    'text',
    ['Должность (НКЗ)', 'Лауазым (ҰКЖ)', 'Position'],
    ...[
      'Код должности',
      'Код НКЗ',
      'НКЗ',
      'Должность по НКЗ',
      'Должность',
      'Лауазым (ҰСЖ)',
      'ҰКЖ коды',
      'ҰСЖ коды',
      'ҰКЖ',
      'ҰСЖ',
      'ҰКЖ бойынша лауазым',
      'Лауазым коды',
      'Лауазым',
      'Position code',
    ],
  ),
  field(
    'establishedPost',
    'text',
    ['Штатная должность', 'Штаттық лауазым', 'Established post'],
    ...[
      'Должность по штатному расписанию',
      'Штатное расписание',
      'Штат кестесі бойынша лауазым',
      'Staff position',
    ],
  ),
  field(
    'conscript',
    'text',
    ['Воинский учёт', 'Әскери есеп', 'Conscript'],
    ...['Отношение к воинской службе', 'Воинская обязанность', 'Әскери міндет', 'Military service'],
  ),
  field(
    'terminationDate',
    'date',
    ['Дата прекращения', 'Тоқтату күні', 'Termination date'],
    ...['Дата расторжения', 'Дата увольнения', 'Дата прекращения договора', 'Дата расторжения договора'],
    ...['Шартты тоқтату күні', 'Жұмыстан шығу күні', 'Шартты бұзу күні', 'Date of termination'],
  ),
  field(
    'terminationReason',
    'reason',
    ['Основание прекращения', 'Тоқтату негізі', 'Termination reason'],
    ...[
      'Причина увольнения',
      'Основание расторжения',
      'Код основания',
      'Причина расторжения',
      'Основание увольнения',
    ],
    ...['Шартты тоқтату негізі', 'Жұмыстан шығу себебі', 'Reason', 'Reason code'],
  ),
];

/** What each operation needs in its row, and the block of the request that elements may be added to. */
export const operationFields: Readonly<
  Record<
    ContractOperation,
    {
      readonly name: OperationName;
      readonly required: readonly ContractField[];
      readonly optional: readonly ContractField[];
      readonly blocks: readonly string[];
    }
  >
> = {
  register: {
    name: 'newContractData',
    required: [
      'employerBin',
      'employeeIin',
      'contractNumber',
      'contractDate',
      'beginDate',
      'position',
      'establishedPost',
      'conscript',
    ],
    optional: ['key'],
    blocks: ['newContractData', 'employerData', 'employeeData', 'contractData', 'documentData'],
  },
  change: {
    name: 'subsidiaryContractData',
    required: [
      'employerBin',
      'contractId',
      'agreementNumber',
      'agreementDate',
      'beginDate',
      'position',
      'establishedPost',
    ],
    optional: ['key'],
    blocks: ['subsidiaryContractData', 'employerData'],
  },
  terminate: {
    name: 'terminationContractData',
    required: ['employerBin', 'contractId', 'terminationDate', 'terminationReason'],
    optional: ['key'],
    blocks: ['terminationContractData', 'employerData'],
  },
};

/** The titles of a field. */
export function titlesOf(name: ContractField): FieldTitles {
  const found = contractFields.find((one) => one.field === name);
  if (found === undefined) throw new TypeError('there is no such field');
  return found;
}

/** A title as it is compared: case, signs, spaces and ё make no difference. */
export function plainTitle(title: string): string {
  return title
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll('№', ' номер ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
