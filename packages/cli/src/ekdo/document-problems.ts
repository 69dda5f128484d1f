/** Why a document is not sent, in words of both languages. Nothing of the document is in them. */
import type { ValidationIssue } from '@egov-gateway/core';
import {
  type EkdoOutcome,
  explainPdfFinding,
  explainSignatureFinding,
  type NameChange,
  type PdfFindingCode,
  pdfFindingCodes,
  signatureFindingCodes,
} from '@egov-gateway/ekdo';

import type { PortalLanguage } from '../language.ts';
import type { Problem } from '../problem-lines.ts';
import { problem } from './document-list.ts';

type Words = Parameters<typeof problem>[2];

/** Codes of what is found here. */
export type DocumentProblemCode =
  | 'no-file'
  | 'unreadable'
  | 'no-signature'
  | 'two-signatures'
  | 'no-signature-kind'
  | 'unknown-signature-kind'
  | 'other-signature-kind'
  | 'no-group'
  | 'not-signed'
  | 'changed-content';

/** What is found here, before anything is sent. */
const found: Readonly<Record<DocumentProblemCode, Words>> = {
  'no-file': [
    'файла нет в папке',
    'the file is not in the folder',
    'положите файл в папку или исправьте имя в таблице',
    'put the file into the folder, or correct its name in the table',
  ],
  unreadable: [
    'файл не открывается',
    'the file cannot be opened',
    'проверьте, что он не занят другой программой и доступен вам',
    'see that it is not in use by another program, and open to you',
  ],
  'no-signature': [
    'нет файла подписи рядом с документом',
    'there is no signature beside the document',
    'положите рядом ИМЯ.pdf.sig или ИМЯ.pdf.p7s или задайте --sign-command',
    'put NAME.pdf.sig or NAME.pdf.p7s there, or give --sign-command',
  ],
  'two-signatures': [
    'рядом с документом две подписи, .sig и .p7s',
    'there are two signatures beside the document, .sig and .p7s',
    'оставьте одну',
    'leave one of them',
  ],
  'no-signature-kind': [
    'не сказано, какого вида подпись',
    'nothing says of which kind the signature is',
    'добавьте столбец «Вид подписи», signatures подтипа в файле портала или --signature-kind',
    'add a column "signature", signatures of the subtype in the portal file, or --signature-kind',
  ],
  'unknown-signature-kind': [
    'такого вида подписи нет',
    'there is no such kind of signature',
    'напишите ПЭП, УНЭП или УКЭП',
    'write pep, unep or ukep',
  ],
  'other-signature-kind': [
    'документы этого подтипа подписываются иначе',
    'documents of this subtype have another kind of signature',
    'подпишите, как сказано в файле портала',
    'sign it as the portal file says',
  ],
  'no-group': [
    'для этого подтипа нет группы документов портала',
    'no group of documents of the portal is known for this subtype',
    'добавьте подтип в subtypes файла портала',
    'add the subtype to subtypes in the portal file',
  ],
  'not-signed': [
    'подпись не получена',
    'there is no signature',
    'посмотрите, что сообщила программа подписи, и запустите команду ещё раз',
    'see what the signing program says, and run the same command once more',
  ],
  'changed-content': [
    'под этим ключом отправлен другой файл, а этот — нет',
    'another file was sent under this key, and this one is not',
    'если его нужно отправить, дайте ему свой ключ',
    'if it has to be sent, give it a key of its own',
  ],
};

/** A problem of a row. */
export function documentProblem(code: DocumentProblemCode, row: number): Problem<PortalLanguage> {
  return problem(code, { row }, found[code]);
}

/** What the SDK found. */
export function issueProblems(
  issues: readonly ValidationIssue[],
  row: number,
): readonly Problem<PortalLanguage>[] {
  return issues.map(({ rule, message }) => {
    const code = pdfFindingCodes.find((one) => one === rule);
    if (code !== undefined) return findingProblem(code, row);
    const ofSignature = signatureFindingCodes.find((one) => one === rule);
    if (ofSignature !== undefined) {
      const { message: said, remedy } = explainSignatureFinding(ofSignature);
      return { code: ofSignature, row, message: said, remedy };
    }
    return problem(rule, { row }, [
      ruleWords[rule] ?? message,
      message,
      'исправьте и запустите команду ещё раз',
      'correct it and run the same command once more',
    ]);
  });
}

/** The rules without codes of their own, in Russian; the SDK says them in English. */
const ruleWords: Readonly<Record<string, string>> = {
  required: 'нет ФИО, подтипа, номера или даты: от значения в имени файла ничего не остаётся',
  date: 'такой даты нет',
  'max-length': 'слишком длинно для имени файла',
  'file-name-length': 'имя файла вышло слишком длинным',
  'document-group': 'для этого подтипа нет группы документов портала',
  'signature-kind': 'документы этого подтипа подписываются иначе',
  'changed-content': 'под этим ключом отправлено другое содержимое',
  'unknown-content': 'под этим ключом уже есть запись, содержимое которой неизвестно',
};

/** What the name of the file lost. */
export function changeProblem({ code, message }: NameChange, row: number): Problem<PortalLanguage> {
  const remedy = {
    ru: 'На портале ищите его под исправленным именем.',
    en: 'Look for it in the portal under the name so changed.',
  };
  return { code, row, message, remedy };
}

/** A finding of the PDF check. */
export function findingProblem(code: PdfFindingCode, row: number): Problem<PortalLanguage> {
  const { message, remedy } = explainPdfFinding(code);
  return { code, row, message, remedy };
}

const outcomes: Readonly<Record<'refused' | 'not-sent' | 'in-doubt' | 'closed', Words>> = {
  refused: [
    'портал отказал',
    'the portal refused it',
    'прочитайте ответ портала в файле результатов, исправьте документ и запустите с --again',
    'read the answer of the portal in the file of results, correct the document, and run with --again',
  ],
  'not-sent': [
    'не отправлено: портал недоступен, не принял учётную запись или просит подождать',
    'not sent: the portal could not be reached, did not take the account, or wants you to wait',
    'проверьте адрес и учётную запись и запустите ту же команду позже',
    'check the address and the account, and run the same command later',
  ],
  'in-doubt': [
    'неизвестно, принял ли портал',
    'nobody knows whether the portal has it',
    'найдите документ на портале и внесите решение: egw ekdo resolve; сам он повторно не отправляется',
    'look the document up in the portal and settle it with egw ekdo resolve; it is not sent again by itself',
  ],
  closed: [
    'документом занялся человек',
    'a person has taken it over',
    'остальное делается на портале',
    'the rest is done in the portal',
  ],
};

/** A doubt without a code: the attempt has no outcome yet. */
const unfinished: Words = [
  'отправка начата другим запуском и не завершена: он ещё работает или был прерван',
  'another run began to send it and has not ended: it is still at work, or was broken off',
  'дождитесь конца другого запуска; если его нет, найдите документ на портале и внесите решение: egw ekdo resolve',
  'wait until that run has ended; if there is none, look the document up in the portal and settle it with egw ekdo resolve',
];

/** Why an outcome is not `sent`. */
export function outcomeProblems(outcome: EkdoOutcome, row: number): readonly Problem<PortalLanguage>[] {
  switch (outcome.state) {
    case 'sent':
      return [];
    case 'invalid':
      return issueProblems(outcome.issues, row);
    case 'closed':
      return [problem('closed', { row }, outcomes.closed)];
    default:
      if (outcome.state === 'in-doubt' && outcome.code === undefined)
        return [problem('in-doubt', { row }, unfinished)];
      return [problem(outcome.code ?? outcome.state, { row }, outcomes[outcome.state])];
  }
}
