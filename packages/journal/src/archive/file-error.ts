import { JournalError, type JournalErrorCode } from '@egov-gateway/core';

const codes: Readonly<Record<string, JournalErrorCode>> = {
  ENOENT: 'ERR_JOURNAL_NOT_FOUND',
  ENOTDIR: 'ERR_JOURNAL_NOT_FOUND',
  ENOSPC: 'ERR_JOURNAL_FULL',
  EDQUOT: 'ERR_JOURNAL_FULL',
  EROFS: 'ERR_JOURNAL_READ_ONLY',
  EACCES: 'ERR_JOURNAL_READ_ONLY',
  EPERM: 'ERR_JOURNAL_READ_ONLY',
};

/** An error of the file system as one of the journal. `what` says what was being done, such as `the archive was not written`. */
export function fileError(cause: unknown, what: string): JournalError {
  if (cause instanceof JournalError) return cause;
  const reason = errorCode(cause) ?? 'reason unknown';
  return new JournalError(`${what}: ${reason}`, { code: codes[reason] ?? 'ERR_JOURNAL_IO', cause });
}

/** `code` of an error of the system, such as `EEXIST`. */
export function errorCode(error: unknown): string | undefined {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
