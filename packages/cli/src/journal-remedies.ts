import type { JournalErrorCode } from '@egov-gateway/core';

/** What to do about an error of the journal, where its own words do not say. */
export const journalRemedies: Readonly<Partial<Record<JournalErrorCode, string>>> = {
  ERR_JOURNAL_LOCKED: 'Another process writes to it for long. Nothing was changed: try again.',
  ERR_JOURNAL_FULL:
    'Nothing was changed. Make room on the disk, for example with egw journal retain, and try again.',
  ERR_JOURNAL_READ_ONLY: 'Run this as the user who owns the file, and check that its folder is writable.',
  ERR_JOURNAL_DAMAGED:
    'Keep the file as it is, look at it with egw journal verify, and go on from a copy that holds.',
  ERR_JOURNAL_CHAIN: 'Keep the file as it is: egw journal verify names the first place.',
  ERR_JOURNAL_KEY:
    'Keys come from --encryption-key-file and --subject-key-file, see egw journal show --help.',
  ERR_JOURNAL_NOT_FOUND: 'egw journal list shows what there is.',
  ERR_JOURNAL_STATE: 'egw journal show KEY tells where the message stands.',
  ERR_JOURNAL_CONFLICT: 'Another process was quicker: look at the message again.',
};
