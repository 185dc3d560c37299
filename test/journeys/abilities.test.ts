import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type ShopOptions,
  type SimulatorName,
  simulators,
} from "../../src/connectors/simulators.js";
import { CHANNEL_OPERATIONS, type ChannelOperation } from "../../src/domain/channel.js";
import { COMMAND_TYPES, type CommandType } from "../../src/domain/command.js";
import { startTestGateway, type TestGateway } from "../support/gateway.js";
import { type Ability, Bench, doneBy, type Sync } from "./bench.js";
import type { Action, Way } from "./writes.js";

/**
 * What the gateway says that can be done, can be done: every write that an order's availableActions enable succeeds at the
 * shop, every other is refused for the reason that was given, in every state that an order comes into and on every platform.
 */
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.end());

const PAID = "that is paid";
/** How an order comes into a state; by the shop's own people, or by writes that succeed where they are possible. */
const STATES: Record<string, (bench: Bench, id: string) => Promise<unknown>> = {
  "that nobody paid yet": async () => {},
  [PAID]: async () => {},
  "that is shipped in part": (bench, id) => bench.write("FULFILLMENT_CREATE", id, { pieces: 1 }),
  "that is shipped": (bench, id) => bench.write("FULFILLMENT_CREATE", id),
  "of which a return is asked for": async (bench, id) => {
    await bench.write("FULFILLMENT_CREATE", id);
    await bench.write("RETURN_CREATE", id, { requested: true });
  },
  "of which a return is under way": async (bench, id) => {
    await bench.write("FULFILLMENT_CREATE", id);
    await bench.write("RETURN_CREATE", id);
  },
  "that is held back": (bench, id) => bench.write("FULFILLMENT_ORDER_HOLD", id),
  "that is refunded": (bench, id) => bench.write("REFUND_CREATE", id, { everything: true }),
  "that is canceled": cancelInShop,
  "that is canceled before anybody paid": cancelInShop,
};
const UNPAID: ReadonlySet<string> = new Set([
  "that nobody paid yet",
  "that is canceled before anybody paid",
]);

async function cancelInShop(bench: Bench, id: string): Promise<void> {
  await bench.shop.acts.cancel(bench.externalId(id));
  await bench.until(id, ({ state }) => state === "CANCELED");
}

const ALL = Object.keys(STATES);
const LEAVING = [PAID, "that is shipped in part", "that is shipped"];
const COMING_BACK = [
  "that is shipped",
  "of which a return is asked for",
  "of which a return is under way",
];
/** Magento cancels nothing that was billed. */
const BILLED = ALL.filter((state) => state !== "that is canceled");

const SHOPS: [
  name: string,
  platform: SimulatorName,
  options: ShopOptions,
  states: (keyof typeof STATES)[],
][] = [
  ["Shopify", "shopify", {}, ALL],
  ["WooCommerce with fulfillments", "woocommerce", { fulfillments: "core" }, ALL],
  // What differs is how goods leave.
  [
    "WooCommerce with Shipment Tracking",
    "woocommerce",
    { fulfillments: "shipment-tracking" },
    LEAVING,
  ],
  ["WooCommerce with AST", "woocommerce", { fulfillments: "ast" }, LEAVING],
  ["WooCommerce without any tracking", "woocommerce", { fulfillments: "none" }, LEAVING],
  ["Magento Open Source", "magento", {}, BILLED],
  ["Adobe Commerce", "magento", { edition: "commerce" }, COMING_BACK],
  ["BigCommerce", "bigcommerce", {}, ALL],
];

/** In how many states each write that is enabled is really made at a shop; in the others it is planned only. */
const STATES_TRIED = 1;

/** In which order the writes that are enabled are made, so that most of them stay so while others are. */
const GENTLE_FIRST: readonly CommandType[] = [
  "ORDER_REFRESH",
  "ORDER_NOTE_ADD",
  "ORDER_TAGS_UPDATE",
  "ORDER_ADDRESS_UPDATE",
  "TRACKING_EVENT_ADD",
  "FULFILLMENT_TRACKING_UPDATE",
  "FULFILLMENT_ORDER_MOVE",
  "FULFILLMENT_ORDER_RELEASE",
  "RETURN_APPROVE",
  "RETURN_TRACKING_UPDATE",
  "RETURN_RECEIVE",
  "RETURN_CLOSE",
  "RETURN_CREATE",
  "RETURN_DECLINE",
  "RETURN_CANCEL",
  "REFUND_CREATE",
  "FULFILLMENT_CREATE",
  "FULFILLMENT_CANCEL",
  "FULFILLMENT_ORDER_HOLD",
  "ORDER_CANCEL",
];

describe.each(SHOPS)("at a %s shop", (_, platform, options, states) => {
  let bench: Bench;
  beforeAll(async () => {
    const shop = await simulators[platform]({
      ...options,
      orders: 1,
      plan: "wide",
      relaxedDelivery: true,
    });
    bench = await Bench.open(gateway, shop);
  }, 60_000);
  afterAll(() => bench?.shop.stop());

  const reasons: [operation: string, reason: string, refusal: string][] = [];

  it.each(states)(
    "what is said of an order %s is so",
    async (state) => {
      const id = await orderIn(bench, state);
      const seen = await bench.see(id);
      const { availableActions } = seen;
      expect(availableActions.map(({ operation }) => operation)).toEqual([...COMMAND_TYPES]);
      for (const { operation, enabled, reason } of availableActions) {
        const tried = enabled ? null : await bench.attempt(operation, id);
        // Nothing of the kind may be there to be named.
        if (!tried) continue;
        // Some of it only the shop's own state tells, which is looked at before anything is sent.
        expect([operation, reason, tried.status]).not.toContain("SUCCEEDED");
        reasons.push([operation, reason ?? "", tried.refusals.join("; ")]);
      }
      const enabled = availableActions.filter((action) => action.enabled);
      await refuseToEmulate(bench, id, enabled);
      expect(await bench.see(id), "what is refused changes nothing").toEqual(seen);
      await succeedWithAll(bench, id, state, enabled);
    },
    120_000,
  );

  it("refuses for the reasons that it gives", () => {
    expect(reasons.length).toBeGreaterThan(0);
    expect(reasons.filter(([, reason, refusal]) => !isSame(reason, refusal))).toEqual([]);
  });

  it("can do what it says it can, and nothing else", async () => {
    const { capabilities, sync } = await bench.channel();
    const operations = capabilities.map(({ operation }) => operation);
    expect(operations.toSorted()).toEqual(CHANNEL_OPERATIONS.toSorted());
    // What is not done as it is asked for is said, with what is done instead or where it ends.
    const silent = capabilities.filter(
      ({ support, note, constraints }) => support !== "NATIVE" && !note && constraints.length === 0,
    );
    expect(silent).toEqual([]);
    const ground = await bench.place();
    for (const capability of capabilities) {
      const { support, granted } = capability;
      const operation = capability.operation as ChannelOperation;
      expect([operation, granted]).toEqual([operation, true]);
      const news = NEWS[operation];
      if (news) expect([operation, news(sync)]).toEqual([operation, support !== "NONE"]);
      const proof = PROOFS[operation];
      if (proof) await prove(bench, ground, capability, proof);
      else if (operation === "REFUND_QUOTE")
        expect([operation, await bench.quote(ground)]).toEqual([operation, support === "NATIVE"]);
      else expect([operation, news]).not.toContain(undefined);
    }
  }, 120_000);
});

async function orderIn(bench: Bench, state: string): Promise<string> {
  const id = await bench.place(!UNPAID.has(state));
  const bring = STATES[state] ?? expect.fail(`no order is brought to be one ${state}`);
  await bring(bench, id);
  return id;
}

/** Without leave, nothing that a shop does only by emulation is done. */
async function refuseToEmulate(bench: Bench, id: string, enabled: readonly Action[]) {
  for (const { operation, support } of enabled) {
    if (support !== "EMULATED") continue;
    const tried = await bench.attempt(operation, id, {}, { allowEmulated: false });
    expect([operation, tried?.codes]).toEqual([operation, ["CAPABILITY_NOT_SUPPORTED"]]);
    expect(tried?.refusals.join()).toContain("only by emulation");
  }
}

/** Each on the same order while it is still enabled there, and where it is not on another that is brought into the state. */
async function succeedWithAll(bench: Bench, id: string, state: string, enabled: readonly Action[]) {
  const names = new Set(enabled.map(({ operation }) => operation));
  let open = GENTLE_FIRST.filter((operation) => names.has(operation));
  for (const operation of open) {
    if (!isTried(bench, operation) || operation === "ORDER_REFRESH") continue;
    const planned = await bench.attempt(operation, id, {}, { dryRun: true });
    expect([operation, planned?.refusals]).toEqual([operation, []]);
  }
  open = open.filter((operation) => !isTried(bench, operation));
  for (let order = id; open.length > 0; order = await orderIn(bench, state)) {
    const before = open.length;
    const later: CommandType[] = [];
    for (const operation of open)
      if (await bench.enables(operation, order)) await bench.succeed(operation, order);
      else later.push(operation);
    open = later;
    expect(open.length, `${open} are not enabled again`).toBeLessThan(before);
    if (open.length === 0) return;
  }
}

function isTried(bench: Bench, operation: CommandType): boolean {
  return (bench.done.get(doneBy(operation)) ?? 0) >= STATES_TRIED;
}

/** That an operation is done where it is said to be, and else refused in its name. */
async function prove(bench: Bench, ground: string, { operation, support }: Ability, proof: Proof) {
  const { by, on, way } = proof;
  const skips = support === "NONE" ? proof.onlyWhereDone : bench.done.has(doneBy(by, way));
  if (skips) return;
  // Ways of shipping and refunding have room beside each other on one order.
  const order = way && on === PAID ? ground : await orderIn(bench, on);
  if (support === "NONE") {
    const tried = await bench.attempt(by, order, way);
    expect([operation, tried?.status, tried?.codes]).toEqual([
      operation,
      null,
      ["CAPABILITY_NOT_SUPPORTED"],
    ]);
    expect(tried?.refusals.join()).toMatch(proof.refusedAs ?? operation);
    return;
  }
  await bench.succeed(by, order, way);
}

/** Whether a refusal says of the very write what was said beforehand. */
function isSame(reason: string, refusal: string): boolean {
  const [, note] = reason.match(/^The shop cannot do it(.*)$/) ?? [];
  if (note !== undefined) return /^this shop cannot do \w+/.test(refusal) && refusal.endsWith(note);
  return SAME.some(([said, told]) => said.test(reason) && told.test(refusal));
}

const SAME: [reason: RegExp, refusal: RegExp][] = [
  [/^Nothing is left to ship$/, /nothing left to ship/],
  [/^What is left to ship is on hold$/, /on hold by/],
  [/^Nothing holds it back$/, /nothing holds/],
  [/^Work that is \w+ cannot be/, /is (CLOSED|CANCELED)/],
  [/^Nothing has left yet$|^All that left is in a return already$/, /but only 0 left/],
  [/^The order is canceled/, /is canceled/],
  [/^The order is on hold in the shop/, /is on hold in the shop/],
  [/^The order is complete in the shop; take back/, /was shipped .*take the goods back/],
  [/^No money was received/, /may still be given back|no settled payment|not refunded yet/],
  [/^All of the money/, /may still be given back|not refunded yet|greater than remaining/],
  [/ no order of which something was shipped$/, /of which nothing has left|was shipped/],
  [/^Magento cancels nothing that was billed/, /invoiced.* instead of canceling it/],
  [/^BigCommerce refunds no canceled order/, /status Cancelled cannot be refunded/],
  [/cancels no returns?.*decline/, /cancels (no|only) returns.*decline/],
  [
    /^The order has no return|cannot be (approved|declined|received|tracked|closed|canceled)/,
    /only (one|while)/,
  ],
];

/** How each operation of a shop shows, where a write does it: in which state, and asked for how. */
interface Proof {
  by: CommandType;
  on: string;
  way?: Way;
  /** In whose name it is refused; absent: in its own. */
  refusedAs?: RegExp;
  /** Whether nothing can be asked of shops that cannot do it. */
  onlyWhereDone?: boolean;
}
const PROOFS: { readonly [operation in ChannelOperation]?: Proof } = {
  ORDER_READ: { by: "ORDER_REFRESH", on: PAID },
  ORDER_CANCEL: { by: "ORDER_CANCEL", on: PAID },
  ORDER_NOTE: { by: "ORDER_NOTE_ADD", on: PAID },
  ORDER_TAG: { by: "ORDER_TAGS_UPDATE", on: PAID },
  ORDER_ADDRESS_UPDATE: { by: "ORDER_ADDRESS_UPDATE", on: PAID },
  FULFILLMENT_CREATE: { by: "FULFILLMENT_CREATE", on: PAID },
  FULFILLMENT_PARTIAL: { by: "FULFILLMENT_CREATE", on: PAID, way: { pieces: 1 } },
  FULFILLMENT_MULTI_PACKAGE: { by: "FULFILLMENT_CREATE", on: PAID, way: { parcels: true } },
  FULFILLMENT_FROM_LOCATION: {
    by: "FULFILLMENT_CREATE",
    on: PAID,
    way: { pieces: 1, place: true },
  },
  FULFILLMENT_TRACKING_UPDATE: { by: "FULFILLMENT_TRACKING_UPDATE", on: "that is shipped" },
  FULFILLMENT_CANCEL: { by: "FULFILLMENT_CANCEL", on: "that is shipped" },
  FULFILLMENT_EVENT_CREATE: { by: "TRACKING_EVENT_ADD", on: "that is shipped" },
  FULFILLMENT_ORDER_HOLD: { by: "FULFILLMENT_ORDER_HOLD", on: PAID },
  FULFILLMENT_ORDER_MOVE: { by: "FULFILLMENT_ORDER_MOVE", on: PAID },
  FULFILLMENT_ORDER_SPLIT: {
    by: "FULFILLMENT_ORDER_MOVE",
    on: PAID,
    way: { pieces: 1 },
    // What cannot be moved cannot be split by it either.
    refusedAs: /FULFILLMENT_ORDER_(SPLIT|MOVE)/,
  },
  RETURN_CREATE: { by: "RETURN_CREATE", on: "that is shipped" },
  RETURN_APPROVE: { by: "RETURN_APPROVE", on: "of which a return is asked for" },
  RETURN_RECEIVE: { by: "RETURN_RECEIVE", on: "of which a return is under way" },
  RETURN_CLOSE: { by: "RETURN_CLOSE", on: "of which a return is under way" },
  EXCHANGE_CREATE: {
    by: "RETURN_CREATE",
    on: "that is shipped",
    way: { exchange: true },
    onlyWhereDone: true,
  },
  REFUND_LINES: { by: "REFUND_CREATE", on: PAID, way: { pieces: 1 } },
  REFUND_SHIPPING: { by: "REFUND_CREATE", on: PAID, way: { shipping: true } },
  REFUND_ARBITRARY_AMOUNT: { by: "REFUND_CREATE", on: PAID, way: { extra: true } },
  REFUND_RESTOCK: { by: "REFUND_CREATE", on: PAID, way: { pieces: 1, restock: true } },
  NOTIFY_CUSTOMER: { by: "FULFILLMENT_CREATE", on: PAID, way: { pieces: 1, notify: true } },
};

/** How each operation shows that no write asks for: whether news of the kind comes. */
const NEWS: { readonly [operation in ChannelOperation]?: (sync: Sync) => boolean } = {
  WEBHOOK_ORDER: hears(/order/i),
  WEBHOOK_FULFILLMENT: hears(/fulfillment|shipment|order\.updated/i),
  WEBHOOK_REFUND: hears(/refund|order\.updated/i),
  WEBHOOK_RETURN: hears(/return/i),
  POLL_UPDATED_SINCE: ({ lastPollAt }) => lastPollAt !== null,
};

function hears(topics: RegExp) {
  return ({ webhooks, lastWebhookAt }: Sync) =>
    lastWebhookAt !== null && webhooks.some(({ topic, active }) => active && topics.test(topic));
}
