import type { Outcome } from "../../domain/channel.js";
import { ChannelError } from "../../domain/errors.js";
import { addMoney, compareMoney, type Money, money, zeroMoney } from "../../domain/money.js";
import type { Snapshot } from "../../domain/snapshot.js";
import { instant } from "../../domain/time.js";
import type { Attempt } from "./attempt.js";
import { bag } from "./bag.js";
import { readMarked, withMarker } from "./marker.js";
import { refundCreate, refundMade, refundNotes, suggestedRefund } from "./operations-refund.js";
import { returnProcess } from "./operations-return.js";
import { refusalOf, refuse, type UserError } from "./outcome.js";
import type {
  RefundFragment,
  RefundInput,
  ReturnProcessInput,
  SuggestedRefundQuery,
} from "./payload.js";
import { checkMoved, shareOut, sourcesOf } from "./refund-money.js";
import type { RequestOf } from "./request.js";
import { shippingInput, shippingLeft } from "./shipping-share.js";
import { translateRefund } from "./translate-refund.js";

/**
 * Gives money back, once: a refund that bears our token is looked for first, and Shopify itself answers the same key
 * with the same refund. Amounts are shared out over the payments that still hold money; more than they hold is not sent.
 */
export async function refund(attempt: Attempt, request: RequestOf<"refund">): Promise<Outcome> {
  const { call } = attempt;
  const known = await findMarked(attempt);
  if (known) {
    attempt.stage = "answered";
    return settled(attempt, known);
  }
  const lines = request.lines.map(({ locationId, ...line }) => ({
    ...line,
    ...(locationId !== null && { locationId }),
  }));
  const { order } = await attempt.ask(suggestedRefund, {
    id: call.order.nativeId,
    lines,
    shipping: request.shipping !== null,
  });
  if (!order) throw refuse("NOT_FOUND", "the order is gone");
  if (request.returnId !== null) return refundReturn(attempt, request, order);
  const input = { ...moneyOf(order, request, call.order.nativeId), refundLineItems: lines };
  const note = withMarker(request.reason, call.marker);
  const notify = request.notifyCustomer === null ? {} : { notify: request.notifyCustomer };
  const variables = { input: { ...input, ...notify, note }, key: call.key };
  const answer = (await attempt.send(refundCreate, variables)).refundCreate;
  return settled(attempt, madeOf(answer?.refund, answer?.userErrors));
}

/**
 * Pays for a return: the mutation that processes it issues the refund, here with nothing more to process. Which refund
 * it made is told by our token in its note, else by its not having been there.
 */
async function refundReturn(
  attempt: Attempt,
  request: RequestOf<"refund">,
  basis: Basis,
): Promise<Outcome> {
  const { call } = attempt;
  const { order: had } = await attempt.ask(refundNotes, { id: call.order.nativeId });
  const before = new Set(had?.refunds.map(({ id }) => id));
  const { currency, returnId, reason, notifyCustomer } = request;
  const { transactions, refundMethods, shipping } = moneyOf(basis, request, call.order.nativeId);
  const input: ReturnProcessInput = {
    returnId: returnId ?? "",
    returnLineItems: [],
    ...(shipping && {
      refundShipping:
        "amount" in shipping
          ? { shippingRefundAmount: { amount: shipping.amount, currencyCode: currency } }
          : { fullRefund: true },
    }),
    financialTransfer: {
      issueRefund: {
        orderTransactions: transactions.map(({ parentId, amount }) => ({
          parentId,
          transactionAmount: { amount, currencyCode: currency },
        })),
        ...(refundMethods && { refundMethods }),
      },
    },
    note: withMarker(reason, call.marker),
    ...(notifyCustomer !== null && { notifyCustomer }),
  };
  const answer = (await attempt.send(returnProcess, { input })).returnProcess;
  const told = answer?.return?.refunds.nodes ?? [];
  const made =
    told.find(({ note }) => readMarked(note).marker === call.marker) ??
    told.find(({ id }) => !before.has(id));
  return settled(attempt, madeOf(made, answer?.userErrors));
}

/** The refund of this order whose note bears our token. */
async function findMarked(attempt: Attempt): Promise<RefundFragment | null> {
  const { order } = await attempt.ask(refundNotes, { id: attempt.call.order.nativeId });
  const own = order?.refunds.find(({ note }) => readMarked(note).marker === attempt.call.marker);
  return own ? (await attempt.ask(refundMade, { id: own.id })).refund : null;
}

type Basis = NonNullable<SuggestedRefundQuery["order"]>;

/** How much goes back over what, as Shopify takes it. Throws Refusal where the order's money does not allow it. */
function moneyOf(
  basis: Basis,
  { amount, currency, shipping, storeCredit, reason }: RequestOf<"refund">,
  orderId: string,
) {
  const wanted = money(amount, currency);
  const zero = zeroMoney(currency);
  const back = shipping === null ? null : money(shipping, currency);
  const sources = sourcesOf(basis);
  const shares = shareOut(wanted, sources);
  const ways = storeCredit
    ? {
        transactions: [],
        refundMethods: [
          { storeCreditRefund: { amount: { amount: wanted.amount, currencyCode: currency } } },
        ],
      }
    : {
        transactions: shares.map(({ source, amount: part }) => ({
          orderId,
          parentId: source.parentId,
          gateway: source.gateway,
          kind: "REFUND" as const,
          amount: part.amount,
        })),
      };
  const differs = compareMoney(wanted, reckoned(basis, back ?? zero)) !== 0;
  return {
    orderId,
    currency,
    ...ways,
    ...(back && { shipping: shippingInput(back, shippingLeft(basis, zero)) }),
    ...(differs && { discrepancyReason: discrepancyOf(reason) }),
  } satisfies RefundInput;
}

/** What Shopify itself says that the lines come to, with so much of the shipping. */
function reckoned({ taxesIncluded, suggestedRefund: suggested }: Basis, shipping: Money): Money {
  const lines = (suggested?.refundLineItems ?? []).flatMap(({ subtotalSet, totalTaxSet }) => [
    bag(subtotalSet).presentment,
    ...(taxesIncluded ? [] : [bag(totalTaxSet).presentment]),
  ]);
  return lines.reduce(addMoney, shipping);
}

/** OrderAdjustmentInputDiscrepancyReason, found in what a caller wrote. */
function discrepancyOf(reason: string | null): string {
  if (/damag|defect|broken/i.test(reason ?? "")) return "DAMAGE";
  return /customer|goodwill|apolog/i.test(reason ?? "") ? "CUSTOMER" : "OTHER";
}

/**
 * The refund that a mutation made. Throws Refusal for user errors, which come instead of a refund; where both come, or
 * neither, or a key that was used before, nobody knows.
 */
export function madeOf<T>(made: T | null | undefined, errors: UserError[] | undefined): T {
  const said = errors?.map(({ message }) => message).join("; ") ?? "";
  const isClear = !made && errors && errors.length > 0 && !/idempoten/i.test(said);
  if (isClear) throw refusalOf("refund this", errors);
  if (made && !said) return made;
  throw new ChannelError(
    "CHANNEL_REJECTED",
    `Shopify was asked to refund and told ${made ? "a refund and errors at once" : said || "no result"}`,
    { httpStatus: 200, upstreamMessage: said || null },
  );
}

/** What became of a refund that was recorded: the money may have been refused all the same, or be on its way. */
export async function settled(attempt: Attempt, made: RefundFragment): Promise<Outcome> {
  const { call, reader } = attempt;
  checkMoved(made);
  const told: Snapshot = {
    ref: call.order,
    refunds: { asOf: instant(reader.now()), complete: false, value: [translateRefund(made)] },
  };
  return attempt.done(
    made.id,
    (after) => {
      const own = after.refunds?.value.find(({ nativeId }) => nativeId === made.id);
      if (own) own.marker = call.marker;
    },
    told,
  );
}
