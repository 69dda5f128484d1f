import {
  assertOptions,
  type Clock,
  type MessageJournal,
  PortalError,
  type RecordedMessage,
  systemClock,
  type ValidationIssue,
} from '@egov-gateway/core';

import type { SignedDocument, UploadedDocument } from '../client/document-steps.ts';
import { EkdoClient } from '../client/ekdo-client.ts';
import {
  type EkdoDocumentStatus,
  type EkdoHistoryEvent,
  historyOf,
  projectDocument,
} from './document-status.ts';
import type { EkdoDocumentsQuery } from './documents-query.ts';
import { contentIssue, prepareEntry } from './prepare-entry.ts';
import { assertKey, stepKey } from './step-key.ts';
