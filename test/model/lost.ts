import type { Fault, SimulatedShop } from "../../src/connectors/simulator/shop.js";
import type { SimulatorName } from "../../src/connectors/simulators.js";
import type { Connector } from "../../src/domain/channel.js";
import { untilAnswerIsLost } from "../connectors/lost-answer.js";

export type What = "ship" | "note" | "refund";

/** What the call that does it is called in a shop's own list of calls. */
export const CALLS: Record<SimulatorName, (what: What, order: string) => string> = {
  shopify: (what) =>
    `mutation ${{ ship: "FulfillmentCreate", note: "", refund: "RefundCreate" }[what]}`,
  woocommerce: (what, order) =>
    `POST /wp-json/wc/v3/orders/${order}/${{ ship: "fulfillments", note: "notes", refund: "refunds" }[what]}`,
  magento: () => "POST /rest/V1",
  bigcommerce: (what, order) =>
    ({
      ship: `POST /v2/orders/${order}/shipments`,
      note: `PUT /v2/orders/${order}`,
      refund: `POST /v3/orders/${order}/payment_actions/refunds`,
    })[what],
};

/** What may become of a call of which no answer comes. A late commit comes well before the shop may no longer make it. */
export const LOST = {
  "its answer lost": { kind: "timeout-after", count: 1 },
  "carried out late": { kind: "late", count: 1, ms: 300 },
  "lost on its way": { kind: "timeout-before", count: 1 },
} as const satisfies Record<string, Fault>;
export const SETTLE_MS = 1_000;

/** Connectors that give a call up as soon as its shop keeps the answer back, as they would after the full time. */
export function impatient(
  connectors: readonly Connector[],
  shops: readonly SimulatedShop[],
): Connector[] {
  return connectors.map((connector) => ({
    ...connector,
    open(settings, context) {
      const channel = connector.open(settings, context);
      const isIts = ({ url }: SimulatedShop) =>
        JSON.stringify(settings).includes(new URL(url).host);
      const perform: typeof channel.perform = (call) => {
        const shop = shops.find(isIts);
        const signals = shop ? [call.signal, untilAnswerIsLost(shop)] : [call.signal];
        return channel.perform({ ...call, signal: AbortSignal.any(signals) });
      };
      return { ...channel, perform };
    },
  }));
}
