import type { SimulatedShop, SimulatorOptions } from "./simulator/shop.js";

/** A simulated shop of each platform, by the platform's name in lower case; loaded when one is asked for. */
export const simulators = {
  shopify: async (options: SimulatorOptions): Promise<SimulatedShop> =>
    (await import("./shopify/simulator/index.js")).startShopify(options),
  woocommerce: async (options: SimulatorOptions): Promise<SimulatedShop> =>
    (await import("./woocommerce/simulator/index.js")).startWooCommerce(options),
  magento: async (options: SimulatorOptions): Promise<SimulatedShop> =>
    (await import("./magento/simulator/index.js")).startMagento(options),
  bigcommerce: async (options: SimulatorOptions): Promise<SimulatedShop> =>
    (await import("./bigcommerce/simulator/index.js")).startBigCommerce(options),
};

export type SimulatorName = keyof typeof simulators;
