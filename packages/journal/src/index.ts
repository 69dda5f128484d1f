// For users.

export type { MessageJournal } from '@egov-gateway/core';

export type { WrittenArchive } from './archive/archive-day.ts';
export type { ArchivedEvent } from './archive/archive-format.ts';
export { readArchivedBytes } from './archive/archived-bytes.ts';
export {
  type ArchiveSource,
  type OpenArchive,
  type ReadArchiveOptions,
  readArchive,
} from './archive/read-archive.ts';
export {
  type ArchiveReport,
  type ArchivesReport,
  type VerifyArchiveOptions,
  verifyArchive,
  verifyArchives,
} from './archive/verify-archive.ts';
export type { WrittenFile } from './archive/write-archive.ts';
export { type ChainFault, type ChainFaultReason, type ChainPlace, faultWords } from './chain/chain-fault.ts';
export type { JournalHeads, ManifestHead, SegmentHead } from './chain/known-heads.ts';
export type { DayManifest, DroppedDay, ManifestContent, SegmentSummary } from './chain/manifest.ts';
export type { DatabaseDriver, DatabaseOptions } from './database.ts';
export type { BytesPlace, EncryptionKeys } from './encryption.ts';
export type { ArchiveOptions, JournalIntegrity } from './journal-integrity.ts';
export { projectMessage } from './life/project-message.ts';
export { createMemoryJournal } from './memory/memory-journal.ts';
export {
  isFinished,
  type KeptDay,
  type KeptReason,
  type MessageSummary,
} from './retention/droppable-day.ts';
export type { RetainOptions, RetentionReport } from './retention/retain.ts';
export { type JournalOptions, openJournal } from './sqlite/open-journal.ts';
export type { FileJournal } from './sqlite/sqlite-journal.ts';
export type { JournalReport, VerifyJournalOptions, VerifyProgress } from './verify-journal.ts';

// For libraries.

export {
  type ChainedEvent,
  encodeEvent,
  eventEncodingTitle,
  type StoredDigest,
} from './chain/event-encoding.ts';
export { manifestGenesis, manifestHash } from './chain/manifest.ts';
export { eventHash, type SegmentId, segmentGenesis } from './chain/segment.ts';
export type { KeptEvent } from './life/project-message.ts';
export {
  asyncOutgoing,
  incoming,
  type MessageStage,
  syncOutgoing,
  type Transitions,
} from './life/transitions.ts';
