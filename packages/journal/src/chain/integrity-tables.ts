/**
 * The tables of the integrity side. The schema of the journal creates them beside the events.
 *
 * @module
 */

/**
 * `journal_head` has one row: the identity of the journal, and a checksum over manifests and dropped days, so that one
 * of them taken away at the end shows. `journal_manifest` keeps {@link manifestText}; `journal_dropped` the days that
 * retention took out of the database; `journal_split` the messages that went with such a day and still have events on others,
 * which go with those days.
 */
export const integrityTables: readonly string[] = [
  `CREATE TABLE journal_head (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    journal_id TEXT NOT NULL,
    checksum TEXT NOT NULL
  ) STRICT`,
  `CREATE TABLE journal_manifest (
    number INTEGER PRIMARY KEY,
    day TEXT NOT NULL UNIQUE,
    hash TEXT NOT NULL,
    text TEXT NOT NULL
  ) STRICT`,
  `CREATE TABLE journal_dropped (
    day TEXT PRIMARY KEY,
    archive_sha256 TEXT NOT NULL,
    manifest INTEGER
  ) STRICT`,
  `CREATE TABLE journal_split (
    local_key TEXT NOT NULL UNIQUE
  ) STRICT`,
];

/**
 * A day that is being dropped goes message after message. `journal_dropping` has the day and how many of its events are gone,
 * `journal_gone` their places and hashes: with them, what is left of the day still fits its chain. When all of them are
 * gone the day moves to `journal_dropped`, and its rows of `journal_gone` mean nothing any more.
 */
export const droppingTables: readonly string[] = [
  `CREATE TABLE journal_dropping (
    day TEXT PRIMARY KEY,
    archive_sha256 TEXT NOT NULL,
    events INTEGER NOT NULL
  ) STRICT`,
  `CREATE TABLE journal_gone (
    position INTEGER PRIMARY KEY,
    day TEXT NOT NULL,
    writer TEXT NOT NULL,
    hash BLOB NOT NULL
  ) STRICT`,
  'CREATE INDEX journal_gone_segment ON journal_gone (day, writer, position)',
];
