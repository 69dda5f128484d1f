import { v4, v7 } from 'uuid';

/** A fresh message id for the wire: UUID v4, which tells nothing about when or where it was made. */
export function newMessageId(): string {
  return v4();
}

/** A fresh key for local records: UUID v7, which sorts by time. Never sent. */
export function newLocalKey(): string {
  return v7();
}
