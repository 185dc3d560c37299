import { createHttp } from "../../../src/connectors/http.js";
import { createWoo, type Woo } from "../../../src/connectors/woocommerce/client.js";
import { woocommerce } from "../../../src/connectors/woocommerce/index.js";
import {
  type SimulatedWooCommerce,
  startWooCommerce,
} from "../../../src/connectors/woocommerce/simulator/index.js";
import type { Channel } from "../../../src/domain/channel.js";
import { connect } from "../bench.js";

/** A shop with core fulfillments and many kinds of orders, connected. */
export async function openShop(
  options: Parameters<typeof startWooCommerce>[0],
): Promise<{ shop: SimulatedWooCommerce; channel: Channel; rest: Woo }> {
  const shop = await startWooCommerce({ plan: "wide", ...options });
  const { channel } = await connect(woocommerce, shop.settings);
  return { shop, channel, rest: restOf(shop) };
}

/** The shop's REST API, for what people do there with other tools. */
export function restOf({ settings }: Pick<SimulatedWooCommerce, "settings">): Woo {
  return createWoo(settings, createHttp({ name: "test", fetch }), () => new Date());
}
