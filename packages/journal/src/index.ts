export type { MessageJournal } from '@egov-gateway/core';
