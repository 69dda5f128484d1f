/**
 * Lanes of the index: the combinations of service, state, direction and channel that messages are in. There are a few for
 * each service, however many messages there are, and each is sorted by time; whatever is not asked for by an identifier is
 * found by walking lanes. One index that moves with the state is cheaper to keep than one for every kind of question.
 *
 * @module
 */
import type { Database } from '../database.ts';

/** Values of the leading columns of `journal_message_lane`. */
export interface Lane {
  readonly service_id: string;
  readonly state: string;
  readonly direction: string;
  readonly channel: string;
}

/** To be put behind `FROM`; `m` is the message. */
export const laneSource = 'journal_message AS m INDEXED BY journal_message_lane';

/** The condition of one lane; its parameters are {@link laneParameters}. */
export const inLane = 'm.service_id = ? AND m.state = ? AND m.direction = ? AND m.channel = ?';

export function laneParameters(lane: Lane): readonly string[] {
  return [lane.service_id, lane.state, lane.direction, lane.channel];
}

/** Lanes that have messages, of one service or of all: a look at the index for each of them. */
export function readLanes(database: Database, serviceId?: string): readonly Lane[] {
  // The instant leaps to the end of a lane: without it, SQLite would walk through all of it.
  const next = database.prepare(
    `SELECT m.service_id, m.state, m.direction, m.channel FROM ${laneSource}
     WHERE (m.service_id, m.state, m.direction, m.channel, m.created_at_ms) > (?, ?, ?, ?, ?)
     ORDER BY m.service_id, m.state, m.direction, m.channel, m.created_at_ms LIMIT 1`,
  );
  const lanes: Lane[] = [];
  let last: Lane = { service_id: serviceId ?? '', state: '', direction: '', channel: '' };
  for (;;) {
    const lane = next.get(...laneParameters(last), Number.MAX_SAFE_INTEGER) as Lane | undefined;
    if (lane === undefined || (serviceId !== undefined && lane.service_id !== serviceId)) return lanes;
    lanes.push(lane);
    last = lane;
  }
}
