import { randomUUID } from 'node:crypto';

import { type Database, openDatabase } from '@egov-gateway/journal/database';

/** What a person typed about an additional agreement. Checked when it is sent, so it may be anything here. */
export interface AgreementFields {
  readonly number: string;
  readonly signedOn: string;
  readonly beginsOn: string;
  readonly position: string;
  readonly staffPosition: string;
}

/** What a person typed about a contract: likewise. */
export interface ContractFields extends AgreementFields {
  readonly name: string;
  readonly iin: string;
  readonly conscript: string;
}

/** A contract with its employee. Its state is in the journal, not here. */
export interface ContractRecord extends ContractFields {
  readonly id: number;
  /** What the journal knows it by: nothing personal. */
  readonly key: string;
  /** The id in ЕСУТД of a contract that was not registered by this application. */
  readonly knownId: string | null;
  /** The last day and the reason, once somebody has asked to terminate it. */
  readonly endsOn: string | null;
  readonly reason: string | null;
}

/** An additional agreement. */
export interface AgreementRecord extends AgreementFields {
  readonly id: number;
  readonly key: string;
}

const tables = `
  CREATE TABLE IF NOT EXISTS person (id INTEGER PRIMARY KEY, name TEXT NOT NULL, iin TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS contract (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, person_id INTEGER NOT NULL REFERENCES person,
    number TEXT NOT NULL, signed_on TEXT NOT NULL, begins_on TEXT NOT NULL, position TEXT NOT NULL,
    staff_position TEXT NOT NULL, conscript TEXT NOT NULL, known_id TEXT, ends_on TEXT, reason TEXT);
  CREATE TABLE IF NOT EXISTS agreement (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, contract_id INTEGER NOT NULL REFERENCES contract,
    number TEXT NOT NULL, signed_on TEXT NOT NULL, begins_on TEXT NOT NULL, position TEXT NOT NULL,
    staff_position TEXT NOT NULL);`;

const contractQuery = `
  SELECT contract.id, key, name, iin, number, signed_on AS signedOn, begins_on AS beginsOn, position,
    staff_position AS staffPosition, conscript, known_id AS knownId, ends_on AS endsOn, reason
  FROM contract JOIN person ON person.id = person_id`;

/** A key for a contract or an agreement: what the journal knows it by, so it says nothing. */
export function newKey(): string {
  return randomUUID();
}

/** People and contracts, in SQLite. */
export class Store {
  readonly #database: Database;

  private constructor(database: Database) {
    this.#database = database;
    database.exec('PRAGMA foreign_keys = ON');
    database.exec(tables);
  }

  static async open(path: string): Promise<Store> {
    return new Store(await openDatabase(path));
  }

  contracts(): readonly ContractRecord[] {
    return this.#database.prepare(`${contractQuery} ORDER BY name, contract.id`).all() as ContractRecord[];
  }

  contract(id: number): ContractRecord | undefined {
    return this.#database.prepare(`${contractQuery} WHERE contract.id = ?`).get(id) as
      | ContractRecord
      | undefined;
  }

  contractOf(key: string): ContractRecord | undefined {
    return this.#database.prepare(`${contractQuery} WHERE key = ?`).get(key) as ContractRecord | undefined;
  }

  add(fields: ContractFields, key: string, knownId: string | null = null): ContractRecord {
    return this.#together(() => {
      const person = this.#database
        .prepare('INSERT INTO person (name, iin) VALUES (?, ?) RETURNING id')
        .get(fields.name, fields.iin) as { id: number };
      const { id } = this.#database
        .prepare(
          `INSERT INTO contract (key, person_id, number, signed_on, begins_on, position, staff_position, conscript, known_id)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
        )
        .get(key, person.id, ...contractValues(fields), knownId) as { id: number };
      return this.contract(id) as ContractRecord;
    });
  }

  update(id: number, fields: ContractFields): void {
    this.#together(() => {
      this.#database
        .prepare(
          'UPDATE person SET name = ?, iin = ? WHERE id = (SELECT person_id FROM contract WHERE id = ?)',
        )
        .run(fields.name, fields.iin, id);
      this.#database
        .prepare(
          `UPDATE contract SET number = ?, signed_on = ?, begins_on = ?, position = ?, staff_position = ?, conscript = ?
           WHERE id = ?`,
        )
        .run(...contractValues(fields), id);
    });
  }

  agreements(contractId: number): readonly AgreementRecord[] {
    return this.#database
      .prepare(
        `SELECT id, key, number, signed_on AS signedOn, begins_on AS beginsOn, position, staff_position AS staffPosition
         FROM agreement WHERE contract_id = ? ORDER BY id`,
      )
      .all(contractId) as AgreementRecord[];
  }

  /** Whether no agreement has the key, or one of this contract. */
  mayHaveAgreement(contractId: number, key: string): boolean {
    const owner = this.#database.prepare('SELECT contract_id AS id FROM agreement WHERE key = ?').get(key) as
      | { id: number }
      | undefined;
    return owner === undefined || owner.id === contractId;
  }

  /**
   * A new agreement, or what was corrected of the one that has the key.
   *
   * @throws {TypeError} when that is an agreement of another contract: see {@link mayHaveAgreement}
   */
  saveAgreement(contractId: number, fields: AgreementFields, key: string): void {
    const { number, signedOn, beginsOn, position, staffPosition } = fields;
    const saved = this.#database
      .prepare(
        `INSERT INTO agreement (number, signed_on, begins_on, position, staff_position, key, contract_id)
         VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (key) DO UPDATE SET number = excluded.number, signed_on = excluded.signed_on,
           begins_on = excluded.begins_on, position = excluded.position, staff_position = excluded.staff_position
         WHERE contract_id = excluded.contract_id RETURNING id`,
      )
      .get(number, signedOn, beginsOn, position, staffPosition, key, contractId);
    if (saved === undefined) throw new TypeError('the agreement is of another contract');
  }

  setTermination(id: number, endsOn: string, reason: string): void {
    this.#database
      .prepare('UPDATE contract SET ends_on = ?, reason = ? WHERE id = ?')
      .run(endsOn, reason, id);
  }

  setKnownId(id: number, knownId: string): void {
    this.#database.prepare('UPDATE contract SET known_id = ? WHERE id = ?').run(knownId, id);
  }

  close(): void {
    this.#database.close();
  }

  #together<Result>(work: () => Result): Result {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#database.exec('COMMIT');
      return result;
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
  }
}

function contractValues(fields: ContractFields): string[] {
  const { number, signedOn, beginsOn, position, staffPosition, conscript } = fields;
  return [number, signedOn, beginsOn, position, staffPosition, conscript];
}
