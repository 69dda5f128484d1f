import type { Served } from '../service.ts';
import type { MisbehaviourName } from './menu.ts';

/** What an `outcome` scenario answers in place of the service; `undefined` for the other stages. @internal */
export function scriptedOutcome(name: MisbehaviourName): Served | undefined {
  switch (name) {
    case 'business-error':
      return {
        kind: 'answer',
        status: { code: 'SCSE001', message: 'Failed to process message' },
        isSuccess: false,
        data: undefined,
      };
    case 'signed-fault':
    case 'unsigned-fault':
    case 'bare-fault':
      return {
        kind: 'fault',
        info: {
          errorCode: 'EMU-SCRIPTED',
          errorMessage: 'emulator: a scripted fault',
          errorData: name,
          subError: {
            errorCode: 'EMU-SCRIPTED-CAUSE',
            errorMessage: 'emulator: the cause of the scripted fault',
          },
        },
      };
    default:
      return undefined;
  }
}
