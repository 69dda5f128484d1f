import { type ContractField, contractFieldNames } from '../operations/contract-field.ts';
import type { OperationName } from '../operations/wire-names.ts';
import type { ContractOperation } from '../registry/contract-key.ts';
import type { Wording } from '../scse/scse-row.ts';

/** How the cells of a field are read. */
export type FieldKind = 'text' | 'identity' | 'date' | 'reason';

/** A field, and the titles that a column of it may have. */
export interface FieldTitles {
  readonly field: ContractField;
  readonly kind: FieldKind;
  /** How it is called in messages. */
  readonly name: Wording;
  /** Titles that are recognised, in any of the languages: the name of the field and {@link FieldTitles.name} among them. */
  readonly titles: readonly string[];
}

const field = (field: ContractField, kind: FieldKind, ...titles: readonly string[]): FieldTitles => {
  const name = contractFieldNames[field];
  return { field, kind, name, titles: [field, name.ru, name.kk, name.en, ...titles] };
};

/** All fields. Titles are words of our own and of usual tables of HR departments, not of any official form. */
export const contractFields: readonly FieldTitles[] = [
  field('key', 'text', 'Ключ записи', 'ID записи', 'Record key'),
  field(
    'employerBin',
    'identity',
    ...['БИН', 'БСН', 'BIN', 'БИН/ИИН работодателя', 'БИН организации', 'БИН компании', 'Ұйымның БСН'],
  ),
  field(
    'employeeIin',
    'identity',
    ...['ИИН', 'ЖСН', 'IIN', 'ИИН сотрудника', 'Қызметкердің ЖСН', 'Жұмыскер ЖСН', 'IIN of the employee'],
  ),
  field(
    'contractId',
    'text',
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
    ...['Дата ДС', 'Дата дополнительного соглашения', 'Қосымша келісімнің күні'],
  ),
  field(
    'beginDate',
    'date',
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
    ...['Отношение к воинской службе', 'Воинская обязанность', 'Әскери міндет', 'Military service'],
  ),
  field(
    'terminationDate',
    'date',
    ...['Дата расторжения', 'Дата увольнения', 'Дата прекращения договора', 'Дата расторжения договора'],
    ...['Шартты тоқтату күні', 'Жұмыстан шығу күні', 'Шартты бұзу күні', 'Date of termination'],
  ),
  field(
    'terminationReason',
    'reason',
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

/** What each operation needs in its row, and the blocks of the request that elements may be added to. */
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

/** The titles of a field. @throws {TypeError} when there is no such field */
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
