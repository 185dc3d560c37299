import type { Connector } from "../domain/channel.js";
import { bigcommerce } from "./bigcommerce/index.js";
import { magento } from "./magento/index.js";
import { shopify } from "./shopify/index.js";
import { woocommerce } from "./woocommerce/index.js";

/** Every platform that this build can connect to: one line each. */
export const connectors: readonly Connector[] = [shopify, woocommerce, magento, bigcommerce];

/** The connector of a platform, or undefined where this build has none. */
export function connectorOf(platform: string): Connector | undefined {
  return connectors.find((connector) => connector.platform === platform);
}
