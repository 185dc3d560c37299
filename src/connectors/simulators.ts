import type { SimulatedShop, SimulatorOptions } from "./simulator/shop.js";

/** What a shop of some platforms may lack. */
export interface ShopOptions extends SimulatorOptions {
  /** WooCommerce: how it keeps shipments. Default "core". */
  fulfillments?: WooFulfillments;
  /** Magento: Adobe Commerce has returns besides. Default "community". */
  edition?: MagentoEdition;
}

/**
 * Ways in which a WooCommerce shop that can be simulated keeps shipments: core's own, trackings of Shipment Tracking or of
 * AST (Advanced Shipment Tracking), or none, as most shops.
 */
export const WOO_FULFILLMENTS = ["core", "shipment-tracking", "ast", "none"] as const;
export type WooFulfillments = (typeof WOO_FULFILLMENTS)[number];

/** Editions of Magento that can be simulated. */
export const MAGENTO_EDITIONS = ["community", "commerce"] as const;
export type MagentoEdition = (typeof MAGENTO_EDITIONS)[number];

/** A simulated shop of each platform, by the platform's name in lower case; loaded when one is asked for. */
export const simulators = {
  shopify: async (options: ShopOptions): Promise<SimulatedShop> =>
    (await import("./shopify/simulator/index.js")).startShopify(options),
  woocommerce: async (options: ShopOptions): Promise<SimulatedShop> =>
    (await import("./woocommerce/simulator/index.js")).startWooCommerce(options),
  magento: async (options: ShopOptions): Promise<SimulatedShop> =>
    (await import("./magento/simulator/index.js")).startMagento(options),
  bigcommerce: async (options: ShopOptions): Promise<SimulatedShop> =>
    (await import("./bigcommerce/simulator/index.js")).startBigCommerce(options),
};

export type SimulatorName = keyof typeof simulators;
