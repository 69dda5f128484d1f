// For users.

export type { MessageJournal } from '@egov-gateway/core';

export { projectMessage } from './life/project-message.ts';
export { createMemoryJournal } from './memory/memory-journal.ts';

// For libraries.

export type { KeptEvent } from './life/project-message.ts';
export { asyncOutgoing, incoming, type MessageStage, syncOutgoing } from './life/transitions.ts';
