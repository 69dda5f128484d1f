import { type Wording, type Words, worded } from '../scse/scse-row.ts';

/** The data of a request by names of their own, whatever the operation. `key` is the caller's own key of the record. */
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

const names: Readonly<Record<ContractField, Words>> = {
  key: ['Ключ', 'Кілт', 'Key'],
  employerBin: ['БИН работодателя', 'Жұмыс берушінің БСН', 'Employer BIN'],
  employeeIin: ['ИИН работника', 'Жұмыскердің ЖСН', 'Employee IIN'],
  contractId: ['ID договора', 'Шарт ID', 'Contract ID'],
  contractNumber: ['Номер договора', 'Шарт нөмірі', 'Contract number'],
  contractDate: ['Дата договора', 'Шарт күні', 'Contract date'],
  agreementNumber: ['Номер доп. соглашения', 'Қосымша келісім нөмірі', 'Agreement number'],
  agreementDate: ['Дата доп. соглашения', 'Қосымша келісім күні', 'Agreement date'],
  beginDate: ['Дата начала', 'Басталу күні', 'Begin date'],
  position: ['Должность (НКЗ)', 'Лауазым (ҰКЖ)', 'Position'],
  establishedPost: ['Штатная должность', 'Штаттық лауазым', 'Established post'],
  conscript: ['Воинский учёт', 'Әскери есеп', 'Conscript'],
  terminationDate: ['Дата прекращения', 'Тоқтату күні', 'Termination date'],
  terminationReason: ['Основание прекращения', 'Тоқтату негізі', 'Termination reason'],
};

/** How the fields are called in messages. */
export const contractFieldNames: Readonly<Record<ContractField, Wording>> = Object.freeze(
  Object.fromEntries(Object.entries(names).map(([field, words]) => [field, Object.freeze(worded(words))])),
) as Readonly<Record<ContractField, Wording>>;

const fieldsOfElements: Readonly<Record<string, ContractField>> = {
  bin: 'employerBin',
  iin: 'employeeIin',
  contractId: 'contractId',
  contractNumber: 'contractNumber',
  contractDate: 'contractDate',
  subsidiaryContractNumber: 'agreementNumber',
  subsidiaryContractDate: 'agreementDate',
  beginDate: 'beginDate',
  position: 'position',
  establishedPost: 'establishedPost',
  conscript: 'conscript',
  terminationDate: 'terminationDate',
  terminationReason: 'terminationReason',
};

/** The field that the path of an issue leads to. */
export function fieldOfPath(path: string): ContractField | undefined {
  const element = path.slice(path.lastIndexOf('/') + 1);
  return Object.hasOwn(fieldsOfElements, element) ? fieldsOfElements[element] : undefined;
}
