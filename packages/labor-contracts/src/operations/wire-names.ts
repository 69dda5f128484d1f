/** Namespace of `contractRequest` (grade B: two public clients agree). Its children are in none. */
export const contractNamespace = 'http://enbek.kz/contract/ws/schemas';

/** Name of the root of every request. */
export const rootName = 'contractRequest';

/** Names of the three operations whose content is known. */
export type OperationName = 'newContractData' | 'subsidiaryContractData' | 'terminationContractData';

/** The operations whose content is known. */
export const operationNames: readonly OperationName[] = Object.freeze([
  'newContractData',
  'subsidiaryContractData',
  'terminationContractData',
]);

/** Path of a block below the root, for issues. */
export function pathOf(operation: string, ...rest: readonly string[]): string {
  return ['', rootName, operation, ...rest].join('/');
}
