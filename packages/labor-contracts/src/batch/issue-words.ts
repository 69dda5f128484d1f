import type { ContractIssue } from '../rules/contract-issue.ts';
import { explainScse } from '../scse/explain-scse.ts';
import type { Wording } from '../scse/scse-row.ts';
import type { TableProblem } from '../table/table.ts';
import type { ContractField } from './contract-fields.ts';

type Words = { readonly message: Wording; readonly remedy: Wording };

/** Rules for which ЕСУТД has no code, or whose code says more than is known here. */
const words: Readonly<Record<string, Words>> = {
  'code-pattern': {
    message: {
      ru: 'запись не похожа на код справочника',
      kk: 'жазба анықтамалық кодына ұқсамайды',
      en: 'it does not look like a code of the reference book',
    },
    remedy: {
      ru: 'впишите код, а не название, например 2511-1-002; если он верен, ничего не делайте',
      kk: 'атауын емес, кодын жазыңыз, мысалы 2511-1-002; ол дұрыс болса, ештеңе істемеңіз',
      en: 'write the code, not the name, such as 2511-1-002; when it is right, there is nothing to do',
    },
  },
  nfc: {
    message: {
      ru: 'буквы составлены из двух символов (й, ё)',
      kk: 'әріптер екі таңбадан құралған (й, ё)',
      en: 'letters are made of two characters (й, ё)',
    },
    remedy: {
      ru: 'впишите текст заново с клавиатуры',
      kk: 'мәтінді пернетақтадан қайта теріңіз',
      en: 'type the text again',
    },
  },
};

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

/** The field that an issue is about. */
export function fieldOfIssue({ path }: Pick<ContractIssue, 'path'>): ContractField | undefined {
  const element = path.slice(path.lastIndexOf('/') + 1);
  return Object.hasOwn(fieldsOfElements, element) ? fieldsOfElements[element] : undefined;
}

/** An issue of a request in words for whoever keeps the table. */
export function issueProblem(
  issue: ContractIssue,
  place: { readonly row: number; readonly column?: string | undefined },
): TableProblem {
  const { code, rule, message } = issue;
  const { message: said, remedy } = words[rule] ??
    (code === undefined ? undefined : scseWords(code)) ?? {
      message: {
        ru: `значение нарушает правило «${rule}»`,
        kk: `мән «${rule}» ережесін бұзады`,
        en: message,
      },
      remedy: { ru: 'исправьте значение', kk: 'мәнді түзетіңіз', en: 'correct the value' },
    };
  return { code: code ?? rule, ...place, message: said, remedy };
}

/** A code of ЕСУТД in words. */
export function scseWords(code: string): Words | undefined {
  const known = explainScse(code);
  if (known === undefined) return undefined;
  const { ru, kk, en, remedy } = known;
  return { message: { ru, kk, en }, remedy };
}

/** What stands before a doubt that stops nothing. */
export const warningWord: Wording = { ru: 'предупреждение', kk: 'ескерту', en: 'warning' };
