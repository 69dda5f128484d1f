import { codePatterns } from '../books/code-patterns.ts';
import type { ReferenceBook } from '../books/reference-book.ts';
import type { ContractRequest } from '../operations/contract-request.ts';
import { pathOf } from '../operations/wire-names.ts';
import { type ContractIssue, scseIssue } from './contract-issue.ts';

/** Books to look codes up in. Without one a code is judged by its form at most. */
export interface ContractBooks {
  /** Positions (НКЗ), D_POSITION: SCSE007, SCSE083. */
  readonly position?: ReferenceBook | undefined;
  /** Staff positions, where the employer sends codes: SCSE069, SCSE082. */
  readonly establishedPost?: ReferenceBook | undefined;
  /** Relation to military service: SCSE040. */
  readonly conscript?: ReferenceBook | undefined;
  /** Reasons of termination: SCSE022, SCSE084. Default: `terminationReasons`. */
  readonly terminationReason?: ReferenceBook | undefined;
}

interface CodeField {
  readonly path: string;
  readonly value: unknown;
  readonly book: keyof ContractBooks;
  readonly unknownCode: string;
  readonly headingCode: string | undefined;
}

const newContract = {
  position: pathOf('newContractData', 'contractData', 'position'),
  establishedPost: pathOf('newContractData', 'contractData', 'establishedPost'),
  conscript: pathOf('newContractData', 'documentData', 'conscript'),
};
const agreement = {
  position: pathOf('subsidiaryContractData', 'position'),
  establishedPost: pathOf('subsidiaryContractData', 'establishedPost'),
};
const terminationReason = pathOf('terminationContractData', 'terminationReason');

function codeFields(request: ContractRequest): CodeField[] {
  const position = (path: string, value: unknown): CodeField => ({
    path,
    value,
    book: 'position',
    unknownCode: 'SCSE007',
    headingCode: 'SCSE083',
  });
  const establishedPost = (path: string, value: unknown): CodeField => ({
    path,
    value,
    book: 'establishedPost',
    unknownCode: 'SCSE069',
    headingCode: 'SCSE082',
  });
  if (request.newContractData !== undefined) {
    const { contractData, documentData } = request.newContractData as Partial<typeof request.newContractData>;
    return [
      position(newContract.position, contractData?.position),
      establishedPost(newContract.establishedPost, contractData?.establishedPost),
      {
        path: newContract.conscript,
        value: documentData?.conscript,
        book: 'conscript',
        unknownCode: 'SCSE040',
        headingCode: undefined,
      },
    ];
  }
  if (request.subsidiaryContractData !== undefined) {
    const data = request.subsidiaryContractData;
    return [
      position(agreement.position, data.position),
      establishedPost(agreement.establishedPost, data.establishedPost),
    ];
  }
  if (request.terminationContractData === undefined) return [];
  const { terminationReason: value } = request.terminationContractData;
  return [
    {
      path: terminationReason,
      value,
      book: 'terminationReason',
      unknownCode: 'SCSE022',
      headingCode: 'SCSE084',
    },
  ];
}

/** Codes against the books that there are. What is missing is not judged here. */
export function codeIssues(request: ContractRequest, books: ContractBooks): ContractIssue[] {
  const issues: ContractIssue[] = [];
  for (const { path, value, book, unknownCode, headingCode } of codeFields(request)) {
    const known = books[book];
    if (known === undefined || typeof value !== 'string' || value.trim() === '') continue;
    const found = known.find(value);
    if (found === undefined || !found.actual) {
      const message =
        found === undefined ? 'is not in the reference book' : 'is out of use in the reference book';
      issues.push(scseIssue(path, 'reference-book', `${message}; take a current code`, unknownCode));
    } else if (found.leaf === false && headingCode !== undefined) {
      issues.push(
        scseIssue(
          path,
          'reference-book-leaf',
          'is a heading; take an entry of the lowest level',
          headingCode,
        ),
      );
    }
  }
  return issues;
}

/** Forms of codes for which there is no book. */
export function patternWarnings(request: ContractRequest, books: ContractBooks): ContractIssue[] {
  return codeFields(request)
    .filter(({ book }) => book === 'position' && books.position === undefined)
    .filter(
      ({ value }) => typeof value === 'string' && value.trim() !== '' && !codePatterns.position.test(value),
    )
    .map(({ path }) =>
      scseIssue(
        path,
        'code-pattern',
        'does not look like a current code of a position, NNNN-N-NNN',
        'SCSE007',
      ),
    );
}
