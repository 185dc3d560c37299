import { type Alarm, watchingDoubles } from "../../src/commands/alarm.js";
import { settleReported } from "../../src/commands/effect.js";
import {
  type Commands,
  DEFAULT_WRITE_OPTIONS,
  type Refunds,
  type Wish,
  type WriteOptions,
} from "../../src/commands/face.js";
import { createCommands, createRefunds } from "../../src/commands/index.js";
import { startWorker, type Worker, type WorkerParts } from "../../src/commands/worker.js";
import type { OrderDocument } from "../../src/domain/document.js";
import { mintId } from "../../src/domain/id.js";
import { SCOPES, type Viewer } from "../../src/domain/scope.js";
import type { Snapshot } from "../../src/domain/snapshot.js";
import type { Bus } from "../../src/events/bus.js";
import { createHub } from "../../src/events/hub.js";
import { createRecorder } from "../../src/events/record.js";
import type { Recorder } from "../../src/events/recorder.js";
import { loadCommand, reservedOf } from "../../src/store/commands.js";
import { beginEpoch, readEvents } from "../../src/store/events.js";
import { loadOrders } from "../../src/store/orders.js";
import { insertChannel } from "../support/channel.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";
import { silent } from "../support/log.js";
import { snapshot } from "../support/snapshots.js";
import { ScriptedShop } from "./scripted-shop.js";

const tenantId = "t1";

/** Commands, a worker and a scripted shop on one database; each test places an order of its own at a new shop. */
export class Bench {
  readonly tenantId = tenantId;
  readonly channelId = mintId("Channel");
  readonly viewer: Viewer = {
    tenantId,
    keyId: mintId("ApiKey"),
    client: "warehouse",
    name: "Warehouse",
    scopes: SCOPES,
    channelIds: null,
    expiresAt: null,
  };
  shop = new ScriptedShop();
  orderId = "";
  nativeId = "";
  readonly bus: Bus;
  readonly recorder: Recorder;
  readonly commands: Commands;
  readonly refunds: Refunds;
  /** What was carried out twice. */
  readonly alarms: string[] = [];
  readonly alarm: Alarm = ({ message }) => this.alarms.push(message);
  #workers: Worker[] = [];
  #count = 0;

  readonly #test: TestDatabase;

  private constructor(test: TestDatabase) {
    this.#test = test;
    const { database } = test;
    const hub = createHub(async (topics) => hub.hear(topics));
    this.bus = { notify: hub.notify, listen: hub.listen, close: hub.close };
    const onRecorded = watchingDoubles(this.alarm, settleReported);
    this.recorder = createRecorder({ db: database, bus: this.bus, onRecorded });
    const openChannel = async () => this.shop;
    const parts = {
      db: database,
      recorder: this.recorder,
      bus: this.bus,
      openChannel,
      quoteMs: 2_000,
    };
    this.commands = createCommands(parts);
    this.refunds = createRefunds(parts);
  }

  static async open(): Promise<Bench> {
    const bench = new Bench(await createTestDatabase());
    await insertChannel(bench.database, tenantId, bench.channelId);
    await bench.database.asSystem(beginEpoch);
    bench.work();
    return bench;
  }

  /** Starts a worker, beside those that work already. */
  work(changes: Partial<WorkerParts> = {}): void {
    const worker = startWorker({
      db: this.database,
      bus: this.bus,
      recorder: this.recorder,
      openChannel: async () => this.shop,
      log: silent,
      alarm: this.alarm,
      // Long enough for a process that stands still a while on a busy machine.
      leaseMs: 4_000,
      lookAfterMs: 60_000,
      lookAgainMs: 0,
      ...changes,
    });
    this.#workers.push(worker);
  }

  get database() {
    return this.#test.database;
  }

  async rest(graceMs?: number): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.stop(graceMs)));
    this.#workers = [];
  }

  async close(): Promise<void> {
    await this.rest();
    await this.#test.drop();
  }

  /** A new order at a new shop. */
  async place(changes: Partial<Snapshot> = {}): Promise<void> {
    this.shop = new ScriptedShop();
    this.nativeId = `n${++this.#count}`;
    if (changes.lines) this.shop.lines = changes.lines.value;
    if (changes.head) Object.assign(this.shop.head, changes.head.value);
    const { orderId } = await this.poll(snapshot(this.nativeId, 0, changes));
    this.orderId = orderId as string;
  }

  /** Takes in what a poll shows; without a snapshot, what the shop shows now. */
  async poll(news: Snapshot = this.shop.show(this.nativeId)) {
    const origin = {
      channelId: this.channelId,
      source: "POLL" as const,
      actor: { kind: "CHANNEL" as const, id: this.channelId, name: null },
      now: new Date(),
    };
    const [result] = await this.recorder.transact(tenantId, (scope) =>
      scope.record(origin, [news]),
    );
    if (!result) throw new Error("nothing was recorded");
    return result;
  }

  submit(wish: Wish, options: Partial<WriteOptions> = {}, who = this.viewer) {
    return this.commands.submit(who, wish, {
      ...DEFAULT_WRITE_OPTIONS,
      waitUntil: "SUCCEEDED",
      waitTimeoutMs: 20_000,
      ...options,
    });
  }

  async stored() {
    const found = await this.database.forTenant(tenantId, (tx) =>
      loadOrders(tx, tenantId, this.channelId, [this.nativeId]),
    );
    const stored = found.get(this.nativeId);
    if (!stored) throw new Error(`no order ${this.nativeId}`);
    return stored;
  }

  async document(): Promise<OrderDocument> {
    return (await this.stored()).document;
  }

  /** Our id of the order's line that the shop calls so. */
  async lineId(nativeId = "1"): Promise<string> {
    const found = (await this.document()).lines.find((line) => line.nativeId === nativeId);
    return found?.id as string;
  }

  async quantities(nativeId = "1") {
    const { lines } = await this.document();
    const found = lines.find((line) => line.nativeId === nativeId);
    if (!found) throw new Error(`no line ${nativeId}`);
    return found.quantities;
  }

  async command(id: string | null) {
    const found = await this.database.forTenant(tenantId, (tx) =>
      loadCommand(tx, tenantId, id as string),
    );
    if (!found) throw new Error(`no command ${id}`);
    return found;
  }

  async status(id: string | null): Promise<string> {
    return (await this.command(id)).row.status;
  }

  async reserved(): Promise<number[]> {
    const held = await this.database.forTenant(tenantId, (tx) =>
      reservedOf(tx, tenantId, this.orderId),
    );
    return [...held.values()];
  }

  async events() {
    const start = { epoch: 0, xid: 0n, seq: 0n };
    const { placed } = await this.database.forTenant(tenantId, (tx) =>
      readEvents(tx, start, 10_000, tenantId),
    );
    return placed.map(({ event }) => event).filter((event) => event.orderId === this.orderId);
  }
}
