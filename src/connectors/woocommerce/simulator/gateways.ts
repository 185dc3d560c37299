import { RestError } from "./errors.js";
import { type Route, readable } from "./router.js";
import type { Site } from "./site.js";

interface Gateway {
  id: string;
  /** As the checkout and the orders call it. */
  title: string;
  methodTitle: string;
  enabled: boolean;
  /** Whether it can send money back by itself. */
  refunds: boolean;
}

/** Payment gateways of the site, switched on or not. The orders' "stripe" is of a plugin that has been removed since. */
const gateways: readonly Gateway[] = [
  {
    id: "woocommerce_payments",
    title: "Credit / Debit Cards",
    methodTitle: "WooPayments",
    enabled: true,
    refunds: true,
  },
  {
    id: "bacs",
    title: "Direct bank transfer",
    methodTitle: "Direct bank transfer",
    enabled: true,
    refunds: false,
  },
  {
    id: "cheque",
    title: "Check payments",
    methodTitle: "Check payments",
    enabled: false,
    refunds: false,
  },
  {
    id: "cod",
    title: "Cash on delivery",
    methodTitle: "Cash on delivery",
    enabled: true,
    refunds: false,
  },
];

/** The gateway of an order, or undefined where the site has no such one any more. */
export function gatewayOf(id: string): Gateway | undefined {
  return gateways.find((gateway) => gateway.id === id);
}

/** What the customer chose: "online" can send money back, "offline" cannot. */
export const gatewayFor = { online: "woocommerce_payments", offline: "bacs" } as const;

const path = "/wc/v3/payment_gateways";

/** The site's payment gateways, by its published schema (no answer was recorded). */
export const gatewayRoutes: readonly Route[] = [
  {
    methods: readable,
    path,
    guard: "list",
    run: ({ site }) => ({
      body: gateways.map((gateway, at) => viewGateway(site, gateway, at)),
    }),
  },
  {
    methods: readable,
    path: `${path}/(?P<id>[\\w-]+)`,
    guard: "view",
    run: ({ site, args }) => {
      const at = gateways.findIndex(({ id }) => id === args.id);
      const gateway = gateways[at];
      if (!gateway)
        throw new RestError(
          "woocommerce_rest_payment_gateway_invalid",
          "Resource does not exist.",
          404,
        );
      return { body: viewGateway(site, gateway, at) };
    },
  },
];

function viewGateway({ url }: Site, gateway: Gateway, order: number): Record<string, unknown> {
  const { id, title, methodTitle, enabled, refunds } = gateway;
  const collection = `${url}/wp-json${path}`;
  return {
    id,
    title,
    description: `Pay by ${title.toLowerCase()}.`,
    order,
    enabled,
    method_title: methodTitle,
    method_description: `${methodTitle}.`,
    method_supports: ["products", ...(refunds ? ["refunds", "tokenization"] : [])],
    settings: {
      title: {
        id: "title",
        label: "Title",
        description: "What the customer sees during checkout.",
        type: "text",
        value: title,
        default: title,
        tip: "What the customer sees during checkout.",
        placeholder: "",
      },
    },
    _links: {
      self: [{ href: `${collection}/${id}` }],
      collection: [{ href: collection }],
    },
  };
}
