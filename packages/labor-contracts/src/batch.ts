// For users.

export {
  type ColumnMapping,
  type ExtraColumn,
  type MappedColumn,
  type MappedTable,
  type MappingResult,
  mapColumns,
  parseColumnMapping,
} from './batch/column-mapping.ts';
export { type ContractRow, type ContractRowsOptions, contractRows } from './batch/contract-rows.ts';
export { warningWord } from './batch/issue-words.ts';
export { type KeptResult, readResults, resultLine, resultsHeader } from './batch/results-table.ts';
export { checkedRow, type RowResult, sentRow } from './batch/row-result.ts';
export { type BatchEnd, type ContractBatchOptions, runContractBatch } from './batch/run-batch.ts';
export {
  type HolidaysReading,
  type ParseHolidaysOptions,
  parseHolidays,
} from './deadlines/parse-holidays.ts';
export type { ContractField } from './operations/contract-field.ts';
export { type ReadTableOptions, readTable } from './table/read-table.ts';
export type {
  Cell,
  Table,
  TableProblem,
  TableReading,
  TableRow,
  TextEncodingName,
  TypedCell,
} from './table/table.ts';

// For libraries.

// For libraries.

export { deadlineDoubt } from './deadlines/legal-terms.ts';
export type { TableProblemCode } from './table/table-problem-code.ts';
export { type ProblemPlace, tableProblem } from './table/table-problems.ts';
