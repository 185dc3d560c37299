import type { Actor, EventSource, NewEvent } from "../domain/event.js";
import type { LocalFact } from "../domain/local.js";
import type { Snapshot } from "../domain/snapshot.js";
import type { Tx } from "../store/db.js";

/** The one way in: whatever changes an order goes through `record` inside one of these transactions. */
export interface Recorder {
  /** Runs work in one transaction of the tenant and, once it is committed, tells those who follow the log. */
  transact<T>(tenantId: string, work: (scope: RecordScope) => Promise<T>): Promise<T>;
}

export interface RecordScope {
  tenantId: string;
  tx: Tx;
  /** What a channel says of its orders. Answers in the order given; several of one order are merged one after the other. */
  record(origin: Origin & { channelId: string }, snapshots: Snapshot[]): Promise<Recorded[]>;
  /** Orders of a channel under its rules of now, from what is known of them; those that are not known are left out. */
  rederive(
    origin: Origin & { channelId: string },
    nativeIds: readonly string[],
  ): Promise<Recorded[]>;
  /** What only we know of one order. Throws NotFound where there is no such order. */
  recordLocal(origin: Origin, orderId: string, facts: LocalFact[]): Promise<Recorded>;
  /** Facts that change no order (a command, a channel's health). */
  append(events: NewEvent[]): Promise<void>;
}

/** Where a change came from; it stands in every event that it makes. */
export interface Origin {
  source: EventSource;
  actor: Actor;
  /** Command that asked for it, where one did. */
  causedBy?: string | null;
  deliveryId?: string | null;
  now: Date;
}

export interface Recorded {
  /** The platform's id of the order. */
  nativeId: string;
  /** null: a part of an order that is not known yet came before its head; read the whole order. */
  orderId: string | null;
  version: number;
  /** false: nothing new, so no version and no event. */
  changed: boolean;
  /** Changed by a word of the very age of the one before: which of the two was later, only the shop can tell. */
  tied: boolean;
}
