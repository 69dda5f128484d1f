/** What the portal answers with. @internal */
export interface PortalAnswerBytes {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** An answer in JSON. @internal */
export function jsonAnswer(status: number, value: unknown): PortalAnswerBytes {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: Buffer.from(JSON.stringify(value)),
  };
}

/** Everything that the portal refuses. Codes and statuses are the emulator's own: none of the real ones is known. */
const refusals = {
  'EMU-CREDENTIALS': 401,
  'EMU-TOKEN': 401,
  'EMU-ROUTE': 404,
  'EMU-METHOD': 405,
  'EMU-BODY': 400,
  'EMU-BODY-TYPE': 415,
  'EMU-TOO-LARGE': 413,
  'EMU-FILE-NAME': 422,
  'EMU-NOT-PDFA': 422,
  'EMU-UNKNOWN-ID': 404,
  'EMU-SIGNED-ALREADY': 409,
  'EMU-SIGNATURE-KIND': 422,
  'EMU-SIGNATURE': 422,
} as const;

/** @internal */
export type PortalRefusalCode = keyof typeof refusals;

/** A request that the portal refuses. @internal */
export class PortalRefusal extends Error {
  readonly code: PortalRefusalCode;
  readonly httpStatus: number;

  constructor(code: PortalRefusalCode, message: string) {
    super(message);
    this.code = code;
    this.httpStatus = refusals[code];
  }

  get answer(): PortalAnswerBytes {
    const answer = jsonAnswer(this.httpStatus, { error: this.code, message: this.message });
    return this.httpStatus === 405
      ? { ...answer, headers: { ...answer.headers, allow: 'GET, POST' } }
      : answer;
  }
}
