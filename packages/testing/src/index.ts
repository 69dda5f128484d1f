import { readFileSync } from 'node:fs';

import { GatewayError } from '@egov-gateway/core';

export {
  type AsyncMessageText,
  asyncAccepted,
  asyncConfirmed,
  asyncFault,
  asyncMessages,
  asyncStatus,
} from './async-answer.ts';
export {
  type AsyncPushText,
  asyncNamespaces,
  asyncPush,
  type StatusNotificationText,
  statusNotification,
} from './async-push.ts';
export {
  type CommandLineInput,
  type CommandLineOutcome,
  runCommandLine,
} from './command-line.ts';
export { copiedCertificate } from './copied-certificate.ts';
export { derElement } from './der-element.ts';
export { journalEvent, journalKey, liveThrough, pollMessage, receiveReply } from './journal-messages.ts';
export { type JournalMutation, journalMutation, journalTables, mutateJournal } from './journal-mutations.ts';
export { samplePosition, writeSampleJournal } from './journal-sample.ts';
export { type ManualTime, manualTime } from './manual-time.ts';
export { asUnverified, passedAsVerified } from './soap-body.ts';
export { soapText } from './soap-text.ts';
export { type SyncAnswerText, syncAnswer, syncFault } from './sync-answer.ts';
export { type DataTree, treeCodec, type XmlTree } from './tree-codec.ts';
export { type JournalWatch, watchedJournal } from './watched-journal.ts';
export { type WsseCase, type WsseTrust, wsseCases } from './wsse-cases.ts';
export { xmlDocument } from './xml-document.ts';

/** The repository's fixtures folder. */
export const fixturesUrl: URL = new URL('../../../fixtures/', import.meta.url);

/** The bytes of a fixture, by its path below `fixtures/`. */
export function fixture(path: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(path, fixturesUrl)));
}

/** The text of a fixture. */
export function fixtureText(path: string): string {
  return readFileSync(new URL(path, fixturesUrl), 'utf8');
}

/** The code of the error that `run` throws or rejects with, or `null` when it succeeds. Other throws fail the test. */
export async function codeOf(run: () => unknown): Promise<string | null> {
  try {
    await run();
    return null;
  } catch (error) {
    if (error instanceof GatewayError) return error.code;
    throw error;
  }
}

export { type Loopback, serveHttp, serveHttps, serveTcp, unusedPort } from './loopback.ts';

/** Code and delivery of the error that `outcome` rejects with. Success and other rejections fail the test. */
export async function failureOf(outcome: Promise<unknown>): Promise<{ code: string; delivery: string }> {
  let error: unknown;
  try {
    await outcome;
  } catch (reason) {
    error = reason;
  }
  if (error instanceof GatewayError) return { code: error.code, delivery: error.delivery };
  throw error ?? new Error('expected a rejection, the promise was fulfilled');
}

/** A promise with its own `resolve`, for tests that wait for each other instead of sleeping. */
export function deferred<T = void>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
