import { type ContractRequest, explainScse, operationNames } from '@egov-gateway/labor-contracts';

import { ContractRefusal, maxStatusMessage } from './contract-refusal.ts';

/** Options of `emulator.laborContracts.refuse`. */
export interface ScriptedRefusal {
  /** How many requests are refused. Default: 1. `Infinity`: all, until `behave()`. */
  readonly times?: number | undefined;
  /** Refuses only this operation; `rawOperation` are all others. Default: any. */
  readonly operation?: keyof ContractRequest | undefined;
  /** Refuses only requests that this is true of. Default: any. The request is as it came, fields may be missing. */
  readonly when?: ((request: ContractRequest) => boolean) | undefined;
  /** Message of the status. Default: the meaning of the code. Needed for a code that is not in the book. */
  readonly message?: string | undefined;
}

/** Refusals that the register itself gives no reason for. @internal */
export class RefusalScript {
  readonly #lines: { readonly code: string; left: number; readonly options: ScriptedRefusal }[] = [];

  /** @throws {TypeError} when the code is no refusal, or an option does not fit */
  add(code: string, options: ScriptedRefusal): void {
    const { times = 1, operation, message } = options;
    if (message === undefined && (explainScse(code) === undefined || code === 'SCSS001')) {
      throw new TypeError('code must be a refusal of the error book; give another one with a message');
    }
    if (typeof code !== 'string' || code.trim() === '' || message?.trim() === '') {
      throw new TypeError('code and message must not be empty');
    }
    if (message !== undefined && message.length > maxStatusMessage) {
      throw new TypeError(`message must have at most ${maxStatusMessage} characters`);
    }
    if (times !== Number.POSITIVE_INFINITY && !(Number.isSafeInteger(times) && times > 0)) {
      throw new TypeError('times must be a positive integer, or Infinity');
    }
    if (operation !== undefined && !(['rawOperation', ...operationNames] as string[]).includes(operation)) {
      throw new TypeError('operation must be rawOperation or one of operationNames');
    }
    this.#lines.push({ code, left: times, options });
  }

  clear(): void {
    this.#lines.length = 0;
  }

  get left(): number {
    return this.#lines.reduce((sum, { left }) => sum + left, 0);
  }

  /** The first line that is meant for this request, used up by once. */
  take(request: ContractRequest): ContractRefusal | undefined {
    const index = this.#lines.findIndex(
      ({ options: { operation, when } }) =>
        (operation === undefined || request[operation] !== undefined) &&
        (when === undefined || when(request)),
    );
    const line = this.#lines[index];
    if (line === undefined) return undefined;
    line.left -= 1;
    if (line.left === 0) this.#lines.splice(index, 1);
    return new ContractRefusal(line.code, { message: line.options.message, isScripted: true });
  }
}
