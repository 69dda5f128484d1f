import {
  type Clock,
  GatewayError,
  JournalError,
  type JournalEvent,
  type MessageJournal,
  PortalError,
  SendError,
} from '@egov-gateway/core';

/** What was written about an attempt. @internal */
export interface RecordedFailure {
  readonly state: 'refused' | 'not-sent' | 'in-doubt';
  readonly code: string;
}

/** @internal */
export interface StepRecorderOptions {
  readonly journal: MessageJournal;
  readonly serviceId: string;
  readonly clock: Clock;
  readonly localKey: string;
  /** The caller's key. */
  readonly reference: string;
}

/**
 * Writes down one attempt at one step: before its first byte leaves, and what it came to.
 *
 * @internal
 */
export class StepRecorder {
  readonly #options: StepRecorderOptions;
  #isBegun = false;

  constructor(options: StepRecorderOptions) {
    this.#options = options;
  }

  /** Whether the journal says that it may have left. */
  get isBegun(): boolean {
    return this.#isBegun;
  }

  /** @throws {JournalError} `ERR_JOURNAL_STATE`, `ERR_JOURNAL_CONFLICT` when another process has this attempt */
  async begin(bytes?: Uint8Array): Promise<void> {
    await this.#append({ kind: 'signed', bytes });
    this.#isBegun = true;
  }

  /** @throws {JournalError} with delivery `answered` and the id: it was done, and its record is lost */
  async done(id: string, portalStatus: string | undefined): Promise<void> {
    try {
      await this.#append({ kind: 'answered', delivery: 'answered', messageId: id, code: portalStatus });
    } catch (cause) {
      throw new JournalError(
        'the portal has it, and the journal could not record that: the document is in doubt for later calls; resolve it as sent',
        { code: codeOf(cause), delivery: 'answered', messageId: id, cause },
      );
    }
  }

  /**
   * Writes down how the attempt has failed.
   *
   * @param mayHaveLeft - whether the journal had said so before the attempt was given up
   * @throws the error itself when it says nothing about the attempt: nothing was recorded, or the caller cancelled it
   * @throws {JournalError} with delivery `unknown` when it may have left, and its record is lost
   */
  async failed(error: unknown, mayHaveLeft: boolean): Promise<RecordedFailure> {
    const failure = failureOf(error);
    if (!this.#isBegun) {
      // Before anything left: no token, most likely. There is nothing to record.
      if (failure !== undefined && (error instanceof SendError || isPortalFailure(error))) {
        return { ...failure, state: 'not-sent' };
      }
      throw error;
    }
    const code = failure?.code ?? 'ABORTED';
    const state = mayHaveLeft ? (failure?.state ?? 'in-doubt') : 'not-sent';
    const kind = state === 'refused' ? 'refused' : 'failed';
    const delivery = ({ refused: 'answered', 'not-sent': 'not-sent', 'in-doubt': 'unknown' } as const)[state];
    try {
      await this.#append({ kind, delivery, code, bytes: answerBytes(error) });
    } catch (cause) {
      if (state === 'not-sent') throw cause;
      throw new JournalError(
        'the step may have arrived, and the journal could not record what became of it: the document is in doubt for later calls',
        { code: codeOf(cause), delivery: 'unknown', cause },
      );
    }
    if (failure === undefined) throw error;
    return { state, code };
  }

  async #append(event: Pick<JournalEvent, 'kind'> & Partial<JournalEvent>): Promise<void> {
    const { journal, serviceId, clock, localKey, reference } = this.#options;
    const { bytes, code, ...rest } = event;
    await journal.append({
      localKey,
      serviceId,
      channel: 'sync',
      reference,
      atMs: Math.trunc(clock.now()),
      ...rest,
      ...(bytes === undefined ? {} : { bytes }),
      ...(code === undefined ? {} : { code }),
    });
  }
}

/** Whether another process has taken this attempt. @internal */
export function isTaken(error: unknown): boolean {
  return (
    error instanceof JournalError &&
    (error.code === 'ERR_JOURNAL_STATE' || error.code === 'ERR_JOURNAL_CONFLICT') &&
    error.delivery === 'not-sent'
  );
}

function codeOf(cause: unknown): JournalError['code'] {
  return cause instanceof JournalError ? cause.code : 'ERR_JOURNAL_IO';
}

/** Misuse is no outcome of a document. */
function isPortalFailure(error: unknown): boolean {
  return error instanceof PortalError && error.code !== 'ERR_PORTAL_ORDER';
}

/** What an error of the client says about the attempt; `undefined`: nothing, it is no error of a step. */
function failureOf(error: unknown): RecordedFailure | undefined {
  if (!(error instanceof GatewayError)) return undefined;
  const { code, delivery } = error;
  if (error instanceof PortalError && accountRefusals.has(error.httpStatus))
    return { state: 'not-sent', code };
  // It speaks of what it was to record; of a step that had begun by then, nobody knows.
  if (error instanceof JournalError) return { state: 'in-doubt', code };
  const states = { 'not-sent': 'not-sent', answered: 'refused', unknown: 'in-doubt' } as const;
  return { state: states[delivery], code };
}

/** The token, or the number of requests: the portal has taken nothing, and says nothing about the document. */
const accountRefusals: ReadonlySet<number | undefined> = new Set([401, 429]);

/** What the portal said, for whoever looks it up later. */
function answerBytes(error: unknown): Uint8Array | undefined {
  if (!(error instanceof PortalError) || error.answer === undefined) return undefined;
  const { status, text } = error.answer;
  return Buffer.from(JSON.stringify({ status, text }));
}
