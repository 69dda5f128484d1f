import { asRefusal } from './refusal.ts';

/** What a reader makes of a message. @throws {Refusal} `format` when it is not what was expected @internal */
export function reading<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    throw asRefusal(error);
  }
}
