import type { Emulator } from '@egov-gateway/emulator';

import { Actions } from './actions.ts';
import type { EmployeeSources } from './employees.ts';
import { type MadeUpPerson, madeUpPeople } from './people.ts';
import { type ContractRecord, newKey } from './store.ts';

/** Fills an empty application: people, and what happened to some of their contracts, every way it can end. */
export async function liveFirstDay(parts: EmployeeSources, emulator: Emulator): Promise<void> {
  if (parts.store.contracts().length > 0) return;
  const actions = new Actions(parts);
  for (const person of madeUpPeople({ calendar: parts.calendar, today: parts.today() })) {
    const record = parts.store.add(person.fields, newKey(), person.knownId);
    await live(person, record, { actions, emulator, today: parts.today() });
  }
}

async function live(
  { story, knownId = '' }: MadeUpPerson,
  record: ContractRecord,
  { actions, emulator, today }: { actions: Actions; emulator: Emulator; today: string },
): Promise<void> {
  switch (story) {
    case 'registered-at-second-try':
      emulator.misbehave('signed-fault');
      await actions.register(record); // 6.1: the gateway refuses it
      await actions.register(record);
      break;
    case 'not-found':
      await actions.register(record); // 9.1
      break;
    case 'in-doubt':
      emulator.misbehave('reset-after-reading');
      await actions.register(record);
      break;
    case 'terminated':
      await actions.terminate(record, knownId, { endsOn: today, reason: '05' }, knownId);
      break;
    case undefined:
      break;
  }
}
