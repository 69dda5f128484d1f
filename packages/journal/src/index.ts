// For users.

export type { MessageJournal } from '@egov-gateway/core';

export type { DatabaseDriver } from './database.ts';
export type { EncryptionKeys } from './encryption.ts';
export { projectMessage } from './life/project-message.ts';
export { createMemoryJournal } from './memory/memory-journal.ts';
export { type JournalOptions, openJournal } from './sqlite/open-journal.ts';

// For libraries.

export type { KeptEvent } from './life/project-message.ts';
export { asyncOutgoing, incoming, type MessageStage, syncOutgoing } from './life/transitions.ts';
