import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Wish } from "../../src/commands/face.js";
import type { Finding, Outcome } from "../../src/domain/channel.js";
import { attemptsOf } from "../../src/store/attempts.js";
import { Bench } from "./bench.js";
import { door } from "./door.js";
import { moneyWishes, placePaid } from "./money-wishes.js";
import { refused, unclear, unknown } from "./scripted-shop.js";

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.open();
});
afterAll(() => bench?.close());
beforeEach(() => placePaid(bench));

const { amount, cancel, give, money, newKey } = moneyWishes(() => bench);
const ship = async (quantity = 1): Promise<Wish> => ({
  type: "FULFILLMENT_CREATE",
  orderId: bench.orderId,
  lines: [{ lineId: await bench.lineId(), quantity }],
  fulfillmentOrderId: null,
  locationId: null,
  packages: [],
  shippedAt: null,
});
const later = { waitUntil: "ACCEPTED" } as const;
/** The answer to the next call is lost: before the shop did it, or after. */
const loseRequest = () => bench.shop.answers.push(() => unknown());
const loseAnswer = () =>
  bench.shop.answers.push((_call, done) => {
    done();
    return unknown();
  });
/** The next look waits. */
function holdLook() {
  const begun = door();
  const end = door<((honest: () => Finding) => Finding) | undefined>();
  bench.shop.looks.push(async (_call, honest) => {
    begun.open();
    const say = await end.opened;
    return say ? say(honest) : honest();
  });
  return { begun: begun.opened, end: end.open };
}
const attempts = async (commandId: string | null) => {
  const { steps } = await bench.command(commandId);
  const rows = await bench.database.forTenant(bench.tenantId, (tx) =>
    Promise.all(steps.map(({ id }) => attemptsOf(tx, bench.tenantId, id))),
  );
  return rows.flat();
};

describe("a step in doubt that the shop did", () => {
  it("ends as if it had been answered, under the promised id", async () => {
    loseAnswer();
    const result = await bench.submit(await ship(2));
    expect((await bench.command(result.command)).row).toMatchObject({
      status: "SUCCEEDED",
      errors: [],
    });
    expect(bench.shop.sent).toHaveLength(1);
    expect((await bench.document()).fulfillments).toMatchObject([
      { id: result.partIds[0], nativeId: "1", status: "SUCCESS" },
    ]);
    expect(await bench.reserved()).toEqual([]);
    expect(await attempts(result.command)).toMatchObject([
      { outcome: "UNKNOWN", verifiedBy: "FOUND_AT_CHANNEL", looks: [{ seen: "FOUND" }] },
    ]);
  });

  it("is looked for with its marker and the time of its first try", async () => {
    loseAnswer();
    const { command } = await bench.submit(await ship());
    const [step] = (await bench.command(command)).steps;
    const [call] = bench.shop.looked;
    expect(call).toMatchObject({ marker: step?.marker, key: step?.id, step: { summary: "ship" } });
    expect(call?.sentAt).toBe((await attempts(command))[0]?.startedAt.toISOString());
  });

  it("is money too, and what waits behind it is sent", async () => {
    loseAnswer();
    loseAnswer();
    const result = await bench.submit(cancel(true), { idempotencyKey: newKey() });
    expect(await bench.status(result.command)).toBe("SUCCEEDED");
    expect(bench.shop.sent).toHaveLength(2);
    expect(bench.shop.refunds).toHaveLength(1);
    expect(await money()).toEqual({ refunded: "45.00", pending: "0.00" });
  });

  it("is known though the shop showed nothing of it", async () => {
    loseAnswer();
    bench.shop.looks.push(() => ({ kind: "found", snapshot: null, nativeId: "m1", times: 1 }));
    const { command, partIds } = await give(amount("20.00"));
    expect(await bench.status(command)).toBe("SUCCEEDED");
    expect((await bench.document()).refunds).toMatchObject([{ id: partIds[0], nativeId: "m1" }]);
    await bench.poll();
    expect(await money()).toEqual({ refunded: "20.00", pending: "0.00" });
  });

  it("has failed where the shop shows it as money that did not move", async () => {
    bench.shop.answers.push((_call, done) => {
      done();
      for (const made of bench.shop.refunds) made.status = "FAILED";
      return unknown();
    });
    const { command } = await give(amount("20.00"));
    expect(await bench.status(command)).toBe("FAILED");
    expect(await money()).toEqual({ refunded: "0.00", pending: "0.00" });
  });
});

describe("a step in doubt that is not there", () => {
  it("is sent again by itself after two looks, and arrives once", async () => {
    loseRequest();
    const result = await bench.submit(await ship(2));
    expect(await bench.status(result.command)).toBe("SUCCEEDED");
    expect(bench.shop.shipments).toHaveLength(1);
    expect(bench.shop.looked).toHaveLength(2);
    const [first, second] = bench.shop.sent;
    expect(first?.sentAt).toBeUndefined();
    expect(second?.marker).toBe(first?.marker);
    // So that a connector can tell its own late effect from what was there before.
    expect(second?.sentAt).toBe(bench.shop.looked[0]?.sentAt);
    const looks = [{ seen: "ABSENT" }, { seen: "ABSENT" }];
    expect(await attempts(result.command)).toMatchObject([
      { number: 1, outcome: "UNKNOWN", verifiedBy: "NOT_FOUND_AT_CHANNEL", looks },
      { number: 2, outcome: "DONE", verifiedBy: null, looks: [] },
    ]);
  });

  it("is found by the second look where the shop shows it late", async () => {
    loseAnswer();
    bench.shop.looks.push(() => ({ kind: "absent" }));
    const { command } = await bench.submit(await ship());
    expect(await bench.status(command)).toBe("SUCCEEDED");
    expect(bench.shop.sent).toHaveLength(1);
  });

  it.each([
    ["a note", { type: "ORDER_NOTE_ADD", text: "hi", pushToChannel: true } as const],
    ["tags", { type: "ORDER_TAGS_UPDATE", add: ["vip"], remove: [] as string[] } as const],
  ])("is sent again where it is %s", async (_, wish) => {
    loseRequest();
    const { command } = await bench.submit({ ...wish, orderId: bench.orderId } as Wish);
    expect(await bench.status(command)).toBe("SUCCEEDED");
    expect(bench.shop.sent).toHaveLength(2);
    expect(bench.shop.effectsOf(bench.shop.sent[0]?.marker as string)).toBe(1);
  });

  it("is sent three times more at most, and then a person is told what was seen", async () => {
    for (let tries = 0; tries < 5; tries++) loseRequest();
    const { command } = await bench.submit(await ship());
    const { row } = await bench.command(command);
    expect(row.status).toBe("NEEDS_ATTENTION");
    expect(bench.shop.sent).toHaveLength(4);
    expect(bench.shop.looked).toHaveLength(8);
    expect(row.errors).toMatchObject([
      {
        code: "CHANNEL_UNAVAILABLE",
        message: expect.stringMatching(
          /^sent 4 times; no answer within 30 s; it may have happened; looked for in the shop at \S+Z \(not there\), at \S+Z \(not there\): say with commandResolve what became of it$/,
        ),
      },
    ]);
    expect(await bench.reserved()).toEqual([1]);
  });

  it("is left to a person where it is money, with what was seen", async () => {
    loseRequest();
    const { command, partIds } = await give(amount("20.00"));
    const { row } = await bench.command(command);
    expect(row.status).toBe("NEEDS_ATTENTION");
    expect(row.nextAttemptAt).toBeNull();
    expect(row.errors).toMatchObject([
      { message: expect.stringMatching(/at \S+Z \(not there\), at \S+Z \(not there\): say with/) },
    ]);
    expect(bench.shop.sent).toHaveLength(1);
    expect(await money()).toEqual({ refunded: "0.00", pending: "20.00" });
    expect((await bench.document()).refunds).toMatchObject([
      { id: partIds[0], status: "OUTCOME_UNKNOWN" },
    ]);
  });

  it("is not sent again where the order has changed so that it cannot be", async () => {
    loseRequest();
    bench.shop.looks.push((_call, honest) => {
      bench.shop.head.canceledAt = new Date().toISOString();
      return honest();
    });
    bench.shop.looks.push(async (_call, honest) => {
      await bench.poll();
      return honest();
    });
    const { command } = await bench.submit(await ship());
    expect(await bench.status(command)).toBe("FAILED");
    expect(bench.shop.sent).toHaveLength(1);
    expect(await bench.reserved()).toEqual([]);
  });
});

describe("a step in doubt that cannot be told", () => {
  it("is looked for again, and counts as not there only when that was seen twice", async () => {
    loseRequest();
    bench.shop.looks.push(unclear, () => ({ kind: "absent" }), unclear);
    const { command } = await bench.submit(await ship());
    expect(await bench.status(command)).toBe("SUCCEEDED");
    expect(bench.shop.looked).toHaveLength(4);
    expect(bench.shop.shipments).toHaveLength(1);
  });

  it("is left to a person after seven looks in vain, with the reason", async () => {
    bench.shop.blind = true;
    loseRequest();
    const { command } = await bench.submit(await ship());
    const { row } = await bench.command(command);
    expect(row.status).toBe("NEEDS_ATTENTION");
    expect(bench.shop.looked).toHaveLength(7);
    expect(bench.shop.sent).toHaveLength(1);
    expect(row.errors[0]?.message).toContain("(unclear: the shop is down for maintenance)");
  });

  it("is not taken for what another command made that looks like it", async () => {
    const first = await bench.submit(await ship());
    const [made] = (await bench.document()).fulfillments;
    loseRequest();
    const nativeId = made?.nativeId ?? null;
    bench.shop.looks.push(() => ({ kind: "found", snapshot: null, nativeId, times: 1 }));
    const second = await bench.submit(await ship());
    expect(await bench.status(second.command)).toBe("SUCCEEDED");
    expect(bench.shop.shipments).toHaveLength(2);
    expect((await bench.document()).fulfillments).toMatchObject([
      { id: first.partIds[0], nativeId },
      { id: second.partIds[0], nativeId: bench.shop.shipments[1]?.nativeId },
    ]);
    const looks = (await attempts(second.command))[0]?.looks;
    expect(looks?.map(({ seen }) => seen)).toEqual(["UNCLEAR", "ABSENT", "ABSENT"]);
    expect(looks?.[0]?.message).toContain(`command ${first.command} made that`);
  });

  it("is looked for by a shop that can be opened again", async () => {
    loseAnswer();
    const find = bench.shop.find.bind(bench.shop);
    bench.shop.find = async (call) => {
      bench.shop.find = find;
      throw new TypeError(`no ${call.step.kind} here`);
    };
    const { command } = await bench.submit(await ship());
    expect(await bench.status(command)).toBe("SUCCEEDED");
    const [attempt] = await attempts(command);
    expect(attempt?.looks.map(({ seen }) => seen)).toEqual(["UNCLEAR", "FOUND"]);
  });
});

describe("before the shop's latest possible commit", () => {
  const age = () =>
    bench.database.forTenant(bench.tenantId, (tx) =>
      tx.execute(
        sql`update command_attempts set started_at = started_at - interval '2 hours' where outcome = 'UNKNOWN'`,
      ),
    );

  it("nothing is looked at, whoever asks; the shop's own report ends it all the same", async () => {
    bench.shop.settleMs = 3_600_000;
    loseAnswer();
    const { command } = await bench.submit(await ship(), later);
    const id = command as string;
    const due = async () => (await bench.command(id)).row.nextAttemptAt?.getTime() ?? 0;
    await expect.poll(async () => (await due()) > Date.now() + 3_500_000).toBe(true);
    expect(await bench.status(id)).toBe("OUTCOME_UNKNOWN");
    expect((await bench.commands.retry(bench.viewer, id)).errors).toEqual([]);
    await expect.poll(async () => (await due()) > Date.now() + 3_500_000).toBe(true);
    expect(bench.shop.looked).toEqual([]);
    expect((await bench.commands.cancel(bench.viewer, id)).errors).toMatchObject([
      { code: "COMMAND_IN_FLIGHT", message: expect.stringContaining("may have happened") },
    ]);
    await bench.poll();
    expect(await bench.status(id)).toBe("SUCCEEDED");
    expect(await attempts(id)).toMatchObject([{ verifiedBy: "REPORTED_BY_CHANNEL", looks: [] }]);
    expect(bench.shop.sent).toHaveLength(1);
  });

  it("a late commit is waited for, and found", async () => {
    bench.shop.settleMs = 3_600_000;
    let commit = () => {};
    bench.shop.answers.push((_call, done) => {
      commit = done;
      return unknown();
    });
    const { command } = await bench.submit(amount("20.00"), { ...later, idempotencyKey: newKey() });
    const id = command as string;
    await expect.poll(() => bench.status(id)).toBe("OUTCOME_UNKNOWN");
    expect(bench.shop.refunds).toEqual([]);
    commit();
    await age();
    await bench.commands.retry(bench.viewer, id);
    await expect.poll(() => bench.status(id)).toBe("SUCCEEDED");
    expect(bench.shop.refunds).toHaveLength(1);
    expect(bench.shop.sent).toHaveLength(1);
  });
});

describe("while a step is looked for", () => {
  it("nothing else of its order is sent, and other orders go on", async () => {
    loseRequest();
    const look = holdLook();
    const first = await bench.submit(await ship(), later);
    await look.begun;
    const { orderId, shop } = bench;
    const shipped = await bench.submit(await ship(), later);
    const given = await bench.submit(amount("5.00"), { ...later, idempotencyKey: newKey() });
    const read = await bench.submit({ type: "ORDER_REFRESH", orderId }, later);
    expect(await bench.status(shipped.command)).toBe("QUEUED");
    expect(await bench.status(given.command)).toBe("QUEUED");
    expect(shop.sent).toHaveLength(1);
    // Behind what waits nothing is read: it would only be old at once.
    expect(await bench.status(read.command)).toBe("QUEUED");
    look.end(undefined);
    for (const { command } of [first, shipped, given, read])
      await expect.poll(() => bench.status(command)).toBe("SUCCEEDED");
    expect(shop.shipments).toHaveLength(2);
  });

  it("its order is read where somebody asks for that, which may end it", async () => {
    loseAnswer();
    const look = holdLook();
    const { command } = await bench.submit(await ship(), later);
    await look.begun;
    const read = await bench.submit({ type: "ORDER_REFRESH", orderId: bench.orderId });
    expect(await bench.status(read.command)).toBe("SUCCEEDED");
    expect(await bench.status(command)).toBe("SUCCEEDED");
    look.end(undefined);
  });

  it("the shop's own report ends it once", async () => {
    loseAnswer();
    const look = holdLook();
    const { command, partIds } = await bench.submit(await ship(), later);
    await look.begun;
    await Promise.all([bench.poll(), look.end(undefined), bench.poll()]);
    await expect.poll(() => bench.status(command)).toBe("SUCCEEDED");
    await bench.rest();
    bench.work();
    expect((await bench.document()).fulfillments.map(({ id }) => id)).toEqual(partIds);
    const told = (await bench.events()).filter(({ type }) => type === "FULFILLMENT_CREATED");
    expect(told).toMatchObject([{ causedBy: command }]);
    expect(bench.shop.sent).toHaveLength(1);
  });

  it("a person's word ends it, and a look that saw nothing changes that no more", async () => {
    loseRequest();
    const look = holdLook();
    const { command } = await bench.submit(await ship(), later);
    const id = command as string;
    await look.begun;
    const word = { outcome: "NOT_DONE" as const, note: "not there" };
    expect((await bench.commands.resolve(bench.viewer, id, word)).errors).toEqual([]);
    look.end(undefined);
    await bench.rest();
    bench.work();
    expect(await bench.status(id)).toBe("FAILED");
    expect(bench.shop.sent).toHaveLength(1);
    expect(await attempts(id)).toMatchObject([{ verifiedBy: "API_CLIENT:warehouse", looks: [] }]);
  });

  it("a person who errs loses nothing of what the look finds", async () => {
    loseAnswer();
    const look = holdLook();
    const { command, partIds } = await bench.submit(await ship(), later);
    const id = command as string;
    await look.begun;
    await bench.commands.resolve(bench.viewer, id, { outcome: "NOT_DONE", note: "not there" });
    look.end(undefined);
    await expect.poll(async () => (await bench.quantities()).fulfilled).toBe(1);
    expect((await bench.document()).fulfillments).toMatchObject([
      { id: partIds[0], nativeId: "1" },
    ]);
    expect((await bench.commands.retry(bench.viewer, id)).errors).toEqual([]);
    await expect.poll(() => bench.status(id)).toBe("SUCCEEDED");
    expect(bench.shop.sent).toHaveLength(1);
    expect((await bench.quantities()).fulfilled).toBe(1);
  });

  it("two processes look in turn and send it again once", async () => {
    bench.work();
    loseRequest();
    const { command } = await bench.submit(await ship());
    await bench.rest();
    bench.work();
    expect(await bench.status(command)).toBe("SUCCEEDED");
    expect(bench.shop.looked).toHaveLength(2);
    expect(bench.shop.sent).toHaveLength(2);
    expect(bench.shop.shipments).toHaveLength(1);
  });

  it("a process that stops leaves it to the next", async () => {
    loseAnswer();
    const begun = door();
    bench.shop.looks.push(({ signal }) => {
      begun.open();
      return new Promise((resolve) => signal.addEventListener("abort", () => resolve(unclear())));
    });
    const { command } = await bench.submit(await ship(), later);
    await begun.opened;
    await bench.rest(0);
    expect(await bench.status(command)).toBe("OUTCOME_UNKNOWN");
    await bench.database.asSystem((tx) => tx.execute("update commands set lease_until = now()"));
    bench.work();
    await expect.poll(() => bench.status(command)).toBe("SUCCEEDED");
    expect((await attempts(command))[0]?.looks).toMatchObject([{ seen: "FOUND" }]);
  });
});

describe("a step whose worker vanished on the way", () => {
  it.each([
    ["done", true],
    ["not done", false],
  ])("is looked for where it was %s, and is there once in the end", async (_, commits) => {
    const sent = door();
    bench.shop.answers.push(({ signal }, done) => {
      if (commits) done();
      sent.open();
      return new Promise((resolve) => signal.addEventListener("abort", () => resolve(unknown())));
    });
    const { command } = await bench.submit(await ship(), later);
    await sent.opened;
    await bench.database.asSystem((tx) =>
      tx.execute(
        "update commands set lease_owner = 'gone', lease_until = now() - interval '1 second' where status = 'IN_FLIGHT'",
      ),
    );
    await expect.poll(() => bench.status(command)).toBe("SUCCEEDED");
    expect(bench.shop.shipments).toHaveLength(1);
    expect(bench.shop.sent).toHaveLength(commits ? 1 : 2);
  });

  it("has failed where the shop's refusal comes after all", async () => {
    bench.shop.settleMs = 60_000;
    const [sent, answer] = [door(), door<Outcome>()];
    bench.shop.answers.push(() => {
      sent.open();
      return answer.opened;
    });
    const { command } = await bench.submit(await ship(), later);
    await sent.opened;
    await bench.database.asSystem((tx) =>
      tx.execute(
        "update commands set lease_owner = 'gone', lease_until = now() - interval '1 second' where status = 'IN_FLIGHT'",
      ),
    );
    await expect.poll(() => bench.status(command)).toBe("OUTCOME_UNKNOWN");
    answer.open(refused(false));
    await expect.poll(() => bench.status(command)).toBe("FAILED");
    bench.shop.settleMs = 0;
    expect(await bench.reserved()).toEqual([]);
    expect(await bench.status((await bench.submit(await ship())).command)).toBe("SUCCEEDED");
  });

  it("is read again where it was only a read", async () => {
    const sent = door();
    const read = bench.shop.read;
    bench.shop.read = (ref) => {
      bench.shop.read = read;
      sent.open();
      return new Promise(() => ref);
    };
    const wish = { type: "ORDER_REFRESH", orderId: bench.orderId } as const;
    const { command } = await bench.submit(wish, later);
    await sent.opened;
    await bench.database.asSystem((tx) =>
      tx.execute(
        "update commands set lease_owner = 'gone', lease_until = now() - interval '1 second' where status = 'IN_FLIGHT'",
      ),
    );
    await expect.poll(() => bench.status(command)).toBe("SUCCEEDED");
  });
});

describe("a write that a shop carried out twice", () => {
  beforeEach(() => {
    bench.alarms.length = 0;
  });
  const doneTwice = () =>
    bench.shop.answers.push((_call, done) => {
      done();
      done();
      return unknown();
    });
  const anomalies = async () =>
    (await bench.document()).anomalies.filter(({ code }) => code === "DONE_TWICE");

  it("raises the alarm once, and stands with its order until one is taken back", async () => {
    doneTwice();
    const { command } = await bench.submit(await ship());
    expect(await bench.status(command)).toBe("SUCCEEDED");
    expect(await anomalies()).toMatchObject([
      { message: expect.stringMatching(/^shipments 1 and 2 come of one write.*take all but one/) },
    ]);
    await bench.poll();
    expect(bench.alarms).toHaveLength(1);
    Object.assign(bench.shop.shipments[1] ?? {}, { status: "CANCELED" });
    await bench.poll();
    expect(await anomalies()).toEqual([]);
    expect(bench.alarms).toHaveLength(1);
  });

  it("is told of money too, later than the shop said that it could come", async () => {
    let commit = () => {};
    bench.shop.refundsAre = "KEYED";
    bench.shop.answers.push((_call, done) => {
      commit = done;
      return unknown();
    });
    const { command } = await give(amount("20.00"));
    expect(await bench.status(command)).toBe("SUCCEEDED");
    expect(bench.alarms).toEqual([]);
    commit();
    await bench.poll();
    expect(bench.alarms).toMatchObject([expect.stringContaining("refunds m1 and m2")]);
    expect(await anomalies()).toMatchObject([
      { message: expect.stringContaining("settle it with the customer") },
    ]);
  });

  it("raises the alarm for a note, of which the order shows no marker", async () => {
    doneTwice();
    const { orderId } = bench;
    const wish = { type: "ORDER_NOTE_ADD", orderId, text: "hi", pushToChannel: true } as const;
    const { command } = await bench.submit(wish);
    expect(await bench.status(command)).toBe("SUCCEEDED");
    expect(bench.alarms).toMatchObject([expect.stringContaining("was carried out 2 times")]);
  });
});
