import Big from "big.js";
import fc from "fast-check";
import { expect } from "vitest";
import type { Hands, SeenReturn } from "./hands.js";
import type { Life } from "./life.js";
import type { Player } from "./player.js";

/** One thing that happens; the numbers choose which lines, how many and in which way. */
export interface Move {
  what: keyof typeof MOVES;
  choices: [number, number, number];
}
const nat = fc.integer({ min: 0, max: 11 });
export const moves = (length: number): fc.Arbitrary<Move[]> =>
  fc
    .array(
      fc.record({
        what: fc.oneof(
          { weight: 5, arbitrary: fc.constantFrom("ship", "refund", "returnCreate") },
          {
            weight: 4,
            arbitrary: fc.constantFrom("approve", "decline", "receive", "close", "cancelReturn"),
          },
          { weight: 2, arbitrary: fc.constantFrom("shopShips", "shopRefunds", "cancelShipment") },
          { weight: 1, arbitrary: fc.constantFrom("cancel", "refundAmount", "shopReturns") },
        ) as fc.Arbitrary<Move["what"]>,
        choices: fc.tuple(nat, nat, nat),
      }),
      { minLength: length - 2, maxLength: length },
    )
    .map((rest) => [{ what: "ship", choices: [1, 1, 0] }, ...rest]);

const piecesOf = (lines: { lineId: string; quantity: number }[]) =>
  Object.fromEntries(lines.map(({ lineId, quantity }) => [lineId, quantity]));
type Choices = readonly [number, number, number];

export const MOVES = {
  async ship(player: Player, choices: Choices) {
    const { seen, life } = player;
    const action = player.action("FULFILLMENT_CREATE");
    const open = (id: string) =>
      seen.lines.nodes.find((line) => line.id === id)?.quantities.fulfillable ?? 0;
    const lines = player.choose(open, choices);
    const packages =
      choices[2] % 2 ? [{ tracking: { number: `1Z${choices.join("")}`, carrier: "UPS" } }] : [];
    const input = { orderId: seen.id, lines: lines.length ? lines : player.anyPiece, packages };
    const how = (["its answer lost", "lost on its way", "carried out late"] as const)[choices[2]];
    if (how) await player.lose("ship", how);
    await player.ask(action, "fulfillmentCreate", { input }, ({ id }) =>
      life.shipments.push({ id: id ?? "", lines: piecesOf(lines), canceled: false }),
    );
  },

  async cancelShipment(player: Player, [pick]: Choices) {
    const { life } = player;
    const standing = life.shipments.filter(({ canceled }) => !canceled);
    const shipment = standing[pick % standing.length] ?? life.shipments[0];
    // What is in a return is no more the shipment's to take back.
    if (!shipment || life.returns.some(({ stage }) => stage !== "DECLINED" && stage !== "CANCELED"))
      return;
    const variables = { fulfillmentId: shipment.id, reason: "not yet" };
    await player.ask(player.action("FULFILLMENT_CANCEL"), "fulfillmentCancel", variables, () => {
      shipment.canceled = true;
    });
  },

  async cancel(player: Player, [pick]: Choices) {
    const { seen, life, dialect } = player;
    const refund = pick % 2 === 0 && life.moneyLeft().gt(0);
    const action = player.action("ORDER_CANCEL");
    if (action?.enabled && dialect.cancelObstacle(life, seen, refund) !== null) return;
    const input = { orderId: seen.id, reason: "changed their mind", restock: true, refund };
    const left = life.moneyLeft().toFixed(2);
    let isDone = false;
    await player.ask(action, "orderCancel", { input }, () => {
      isDone = true;
    });
    life.over ||= isDone;
    if (!isDone || !refund) return;
    const known = new Set(seen.refunds.map(({ id }) => id));
    const given = (await player.hands.see(seen.id)).refunds.filter(({ id }) => !known.has(id));
    expect(sumOf(given.map(({ amount }) => amount.shop.amount)), player.log.join(" → ")).toBe(left);
    for (const { amount, lines } of given)
      life.refunds.push({
        amount: amount.shop.amount,
        lines: Object.fromEntries(lines.map((row) => [row.line.id, row.quantity])),
      });
  },

  async returnCreate(player: Player, choices: Choices) {
    const { seen, life } = player;
    const lines = player.choose(player.returnable, choices);
    const requested = choices[2] % 3 !== 0;
    const wish = (lines.length ? lines : player.anyPiece).map((each) => ({
      ...each,
      reason: "UNWANTED",
    }));
    const input = { orderId: seen.id, lines: wish, requested };
    await player.ask(player.action("RETURN_CREATE"), "returnCreate", { input }, ({ id }) =>
      life.returns.push({
        id: id ?? "",
        stage: requested ? "REQUESTED" : "OPEN",
        lines: Object.fromEntries(
          lines.map(({ lineId, quantity }) => [
            lineId,
            { requested: quantity, approved: requested ? 0 : quantity, received: 0, rejected: 0 },
          ]),
        ),
      }),
    );
  },
  approve: (player: Player, choices: Choices) =>
    moveReturn(player, choices, "RETURN_APPROVE", "returnApprove", {}, (row) => {
      row.stage = "OPEN";
      for (const line of Object.values(row.lines)) line.approved = line.requested;
    }),
  decline: (player: Player, choices: Choices) =>
    moveReturn(player, choices, "RETURN_DECLINE", "returnDecline", { reason: "worn" }, (row) => {
      row.stage = "DECLINED";
    }),
  close: (player: Player, choices: Choices) =>
    moveReturn(player, choices, "RETURN_CLOSE", "returnClose", {}, (row) => {
      row.stage = "CLOSED";
    }),
  cancelReturn: (player: Player, choices: Choices) =>
    moveReturn(player, choices, "RETURN_CANCEL", "returnCancel", {}, (row) => {
      row.stage = "CANCELED";
    }),
  receive(player: Player, choices: Choices) {
    const row = pickReturn(player, choices, "RETURN_RECEIVE");
    const awaited = row.life
      ? Object.entries(row.life.lines).flatMap(([lineId, line]) => {
          const rest = line.approved - line.received - line.rejected;
          return rest > 0 ? [{ lineId, rest }] : [];
        })
      : [];
    const lines = awaited.slice(0, 1 + (choices[1] % 2)).map(({ lineId, rest }) => {
      const received = 1 + (choices[1] % rest);
      // A shop with returns of its own takes what is not taken in off the return.
      const refuses = row.seen?.projection !== "NATIVE" && choices[2] % 4 === 0;
      return { lineId, received, rejected: refuses ? rest - received : 0 };
    });
    const anything = player.anyPiece.map(({ lineId }) => ({ lineId, received: 1, rejected: 0 }));
    const variables = { lines: lines.length ? lines : anything };
    return moveReturn(
      player,
      choices,
      "RETURN_RECEIVE",
      "returnReceive",
      variables,
      (returning) => {
        for (const { lineId, received, rejected } of lines) {
          const line = returning.lines[lineId];
          if (!line) continue;
          line.received += received;
          line.rejected += rejected;
        }
      },
    );
  },

  async refund(player: Player, choices: Choices) {
    const { seen, life, dialect } = player;
    const action = player.action("REFUND_CREATE");
    const left = (id: string) => (life.ordered[id] ?? 0) - life.refunded(id);
    const pieces = player.choose(left, choices);
    if (action?.enabled && pieces.length === 0) return;
    // What a return has put back is not to be put back once more.
    const restock = dialect.restocks && choices[2] % 2 === 0 && player.isOutOfStock(pieces);
    const lines = (pieces.length ? pieces : player.anyPiece).map((each) => ({ ...each, restock }));
    const input = { orderId: seen.id, lines, reason: "as agreed" };
    if (!action?.enabled) return player.ask(action, "refundCreate", { input }, () => {});
    const quote = await player.hands.quote(seen.id, pieces);
    const amount = sumOf(quote.lines);
    if (Big(amount).eq(0)) return;
    const possible = Big(amount).lte(quote.maximum);
    const how = (["its answer lost", "carried out late"] as const)[choices[2]];
    if (how) await player.lose("refund", how);
    expect(Big(quote.maximum).toFixed(2), player.log.join()).toBe(life.moneyLeft().toFixed(2));
    await player.ask({ ...action, enabled: possible }, "refundCreate", { input }, () =>
      life.refunds.push({ amount, lines: piecesOf(pieces) }),
    );
  },

  async refundAmount(player: Player, [pick]: Choices) {
    const { seen, life } = player;
    const action = player.action("REFUND_CREATE");
    const left = life.moneyLeft();
    const amount = left.lt(1) || pick === 0 ? left.toFixed(2) : "1.00";
    if (Big(amount).eq(0) && action?.enabled) return;
    const { currency } = seen.totals.captured.shop;
    const extraAmount = { amount: Big(amount).eq(0) ? "1.00" : amount, currency };
    const input = { orderId: seen.id, lines: [], extraAmount, reason: "for the trouble" };
    await player.ask(action, "refundCreate", { input }, () =>
      life.refunds.push({ amount, lines: {} }),
    );
  },

  async shopShips(player: Player, choices: Choices) {
    const { seen, life, shop, externalId } = player;
    if (life.over) return;
    const open = (id: string) =>
      seen.lines.nodes.find((line) => line.id === id)?.quantities.fulfillable ?? 0;
    const lines = player.choose(open, choices);
    if (lines.length === 0) return;
    const wish = lines.map(({ lineId, quantity }) => ({ sku: player.skuOf(lineId), quantity }));
    await shop.acts.ship(externalId, { lines: wish });
    life.shipments.push({ id: "", lines: piecesOf(lines), canceled: false });
    await player.learn();
  },

  async shopRefunds(player: Player, choices: Choices) {
    const { life, shop, externalId } = player;
    if (life.over) return;
    const left = (id: string) => (life.ordered[id] ?? 0) - life.refunded(id);
    const lines = player.choose(left, choices);
    const before = shop.view(externalId)?.refunds.length ?? 0;
    const wish = lines.map(({ lineId, quantity }) => ({ sku: player.skuOf(lineId), quantity }));
    if (lines.length === 0) return;
    // What the shop itself refuses (more money than is left) did not happen.
    const refused = await shop.acts.refund(externalId, { lines: wish }).then(
      () => false,
      () => true,
    );
    const made = shop.view(externalId)?.refunds.slice(before) ?? [];
    player.log.push(`(${refused ? "the shop refused" : made.map((row) => row.amount).join()})`);
    for (const { amount } of made) life.refunds.push({ amount, lines: piecesOf(lines) });
  },

  async shopReturns(player: Player, choices: Choices) {
    const { life, shop, externalId } = player;
    const { askReturn } = shop.acts;
    if (!askReturn || life.over) return;
    const lines = player.choose(player.returnable, choices);
    if (lines.length === 0) return;
    const wish = lines.map(({ lineId, quantity }) => ({ sku: player.skuOf(lineId), quantity }));
    await askReturn.call(shop.acts, externalId, { lines: wish });
    life.returns.push({
      id: "",
      stage: "REQUESTED",
      lines: Object.fromEntries(
        lines.map(({ lineId, quantity }) => [
          lineId,
          { requested: quantity, approved: 0, received: 0, rejected: 0 },
        ]),
      ),
    });
    await player.learn();
  },
};

interface Picked {
  seen: SeenReturn | undefined;
  life: Life["returns"][number] | undefined;
}
/** A return that can be moved so where there is one; else any. */
function pickReturn({ seen, life }: Player, [pick]: Choices, operation: string): Picked {
  const can = (row: SeenReturn) =>
    row.availableActions.some((each) => each.operation === operation && each.enabled);
  const able = seen.returns.filter(can);
  const rows = able.length > 0 ? able : seen.returns;
  const row = rows[pick % rows.length];
  return { seen: row, life: life.returns.find(({ id }) => id === row?.id) };
}

async function moveReturn(
  player: Player,
  choices: Choices,
  operation: string,
  mutation: Parameters<Hands["write"]>[0],
  variables: Record<string, unknown>,
  then: (row: Life["returns"][number]) => void,
): Promise<void> {
  const { seen, life } = pickReturn(player, choices, operation);
  if (!seen) return expect(player.action(operation)?.enabled, operation).toBe(false);
  const action = seen.availableActions.find((each) => each.operation === operation);
  await player.ask(action, mutation, { returnId: seen.id, ...variables }, () => {
    then(life ?? expect.fail(`return ${seen.id} is not known`));
  });
}

function sumOf(amounts: string[]): string {
  return amounts.reduce((all, amount) => all.plus(amount), Big(0)).toFixed(2);
}
