import { ChannelError } from "../../domain/errors.js";
import {
  addMoney,
  atLeastZero,
  compareMoney,
  isZero,
  type Money,
  type MoneyBag,
  subtractBags,
  subtractMoney,
  zeroMoney,
} from "../../domain/money.js";
import { bag } from "./bag.js";
import { refuse } from "./outcome.js";
import type { RefundFragment, SuggestedRefundQuery, TransactionFragment } from "./payload.js";

/** A payment that money can go back over, in the currency it was made in. */
export interface Source {
  parentId: string;
  gateway: string;
  left: Money;
}
type Basis = NonNullable<SuggestedRefundQuery["order"]>;

/**
 * The payments that still hold money, those that Shopify suggests first and in its order, then the others, oldest first.
 * Money on its way back counts as gone.
 */
export function sourcesOf({ transactions, suggestedRefund: suggested }: Basis): Source[] {
  const held = transactions.filter(isPayment).map(
    (each): Source => ({
      parentId: each.id,
      gateway: each.gateway ?? "manual",
      left: atLeastZero(leftOf(each, transactions)).presentment,
    }),
  );
  const rank = (source: Source) => {
    const place = (suggested?.suggestedTransactions ?? []).findIndex(
      ({ parentTransaction }) => parentTransaction?.id === source.parentId,
    );
    return place < 0 ? Number.POSITIVE_INFINITY : place;
  };
  return held
    .filter(({ left }) => !isZero(left))
    .map((source, place) => ({ source, place, rank: rank(source) }))
    .sort((a, b) => (a.rank === b.rank ? a.place - b.place : a.rank < b.rank ? -1 : 1))
    .map(({ source }) => source);
}

/** Shares an amount out over payments, each as far as it goes. Throws Refusal where all together hold less. */
export function shareOut(
  amount: Money,
  sources: readonly Source[],
): { source: Source; amount: Money }[] {
  let missing = amount;
  const shares = sources.flatMap((source) => {
    if (isZero(missing)) return [];
    const part = compareMoney(missing, source.left) < 0 ? missing : source.left;
    missing = subtractMoney(missing, part);
    return [{ source, amount: part }];
  });
  if (isZero(missing)) return shares;
  const all = sources.reduce((sum, { left }) => addMoney(sum, left), zeroMoney(amount.currency));
  throw refuse(
    "AMOUNT_EXCEEDS_REFUNDABLE",
    `${amount.amount} ${amount.currency} are to go back, and the order's payments hold ${all.amount}`,
  );
}

function isPayment({ kind, status }: TransactionFragment): boolean {
  return status === "SUCCESS" && (kind === "SALE" || kind === "CAPTURE");
}

/** Statuses of a movement that did not come about. */
const FAILED = new Set(["FAILURE", "ERROR"]);

function leftOf(payment: TransactionFragment, all: TransactionFragment[]): MoneyBag {
  const gone = all.filter(
    ({ kind, status, parentTransaction }) =>
      kind === "REFUND" && !FAILED.has(status) && parentTransaction?.id === payment.id,
  );
  return gone.map(({ amountSet }) => bag(amountSet)).reduce(subtractBags, bag(payment.amountSet));
}

/**
 * A refund that was recorded may have moved nothing all the same. Throws Refusal where every movement failed, ChannelError
 * where the shop cannot say.
 */
export function checkMoved({ id, transactions }: RefundFragment): void {
  const moves = transactions.nodes.map(({ status }) => status);
  if (moves.length > 0 && moves.every((status) => status === "FAILURE"))
    throw refuse(
      "CHANNEL_REJECTED",
      `the payment provider refused the money; ${id} stands in the shop as a record without it`,
    );
  if (moves.some((status) => status === "ERROR" || status === "UNKNOWN"))
    throw new ChannelError(
      "CHANNEL_REJECTED",
      `Shopify cannot say what its payment provider did for ${id}`,
      { httpStatus: 200 },
    );
}
