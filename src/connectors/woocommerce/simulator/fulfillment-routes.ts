import { carriers } from "../../simulator/catalog.js";
import { mysqlTime } from "./clock.js";
import { RestError } from "./errors.js";
import {
  createFulfillment,
  deleteFulfillment,
  fulfillmentsOf,
  type GivenMeta,
  updateFulfillment,
} from "./fulfillments.js";
import type { Arguments, Parameters } from "./parameters.js";
import { creatable, deletable, editable, type Route, readable } from "./router.js";
import type { Site } from "./site.js";
import type { Fulfillment, Order } from "./state.js";

const path = "/wc/v3/orders/(?P<order_id>[\\d]+)/fulfillments";
const one = `${path}/(?P<fulfillment_id>[\\d]+)`;

const writeParameters: Parameters = {
  status: { type: "string", default: "unfulfilled" },
  is_fulfilled: { type: "boolean", default: false },
  meta_data: { type: "array", required: true },
  notify_customer: { type: "boolean", default: false },
};

/** Core order fulfillments; a site where they are off lacks these routes altogether. */
export const fulfillmentRoutes: readonly Route[] = [
  {
    methods: readable,
    path,
    guard: "list",
    run: ({ site, args }) => ({
      body: fulfillmentsOf(site, orderOf(site, args)).map(viewFulfillment),
    }),
  },
  {
    methods: creatable,
    path,
    guard: "create",
    parameters: writeParameters,
    run: ({ site, args, given }) => {
      const order = orderOf(site, args);
      const fulfillment = createFulfillment(
        site,
        order,
        isFulfilled(given, false),
        args.meta_data as GivenMeta[],
      );
      return { status: 201, body: viewFulfillment(fulfillment) };
    },
  },
  {
    methods: readable,
    path: `${path}/lookup`,
    guard: "view",
    parameters: { tracking_number: { type: "string", required: true } },
    run: ({ site, args }) => {
      orderOf(site, args);
      return { body: lookUp(String(args.tracking_number)) };
    },
  },
  {
    methods: readable,
    path: one,
    guard: "view",
    run: ({ site, args }) => {
      const fulfillment = find(site, orderOf(site, args), args);
      // HTTP 400 with the code 404 (measured).
      if (fulfillment.deletedAt !== null) throw new RestError(404, "Fulfillment not found.", 400);
      return { body: viewFulfillment(fulfillment) };
    },
  },
  {
    methods: editable,
    path: one,
    guard: "edit",
    parameters: writeParameters,
    run: ({ site, args, given }) => {
      const order = orderOf(site, args);
      const fulfillment = find(site, order, args);
      const fulfilled = isFulfilled(given, fulfillment.fulfilled);
      updateFulfillment(site, order, fulfillment, fulfilled, args.meta_data as GivenMeta[]);
      return { body: viewFulfillment(fulfillment) };
    },
  },
  {
    methods: deletable,
    path: one,
    guard: "delete",
    parameters: { notify_customer: { type: "boolean", default: false } },
    run: ({ site, args }) => {
      const order = orderOf(site, args);
      deleteFulfillment(site, order, find(site, order, args));
      return { body: { message: "Fulfillment deleted successfully." } };
    },
  },
  {
    methods: readable,
    path: `${one}/metadata`,
    guard: "view",
    run: ({ site, args }) => ({ body: find(site, orderOf(site, args), args).meta }),
  },
  {
    methods: editable,
    path: `${one}/metadata`,
    guard: "edit",
    parameters: { meta_data: { type: "array", required: true } },
    run: ({ site, args }) => {
      const order = orderOf(site, args);
      const fulfillment = find(site, order, args);
      updateFulfillment(
        site,
        order,
        fulfillment,
        fulfillment.fulfilled,
        args.meta_data as GivenMeta[],
      );
      return { body: fulfillment.meta };
    },
  },
  {
    methods: deletable,
    path: `${one}/metadata`,
    guard: "delete",
    parameters: { meta_key: { type: "string", required: true } },
    run: ({ site, args }) => {
      const order = orderOf(site, args);
      const fulfillment = find(site, order, args);
      const kept = fulfillment.meta.filter(({ key }) => key !== args.meta_key);
      updateFulfillment(site, order, fulfillment, fulfillment.fulfilled, kept);
      return { body: fulfillment.meta };
    },
  },
];

/** A fulfillment as the API shows it: everything useful is meta, the time is site-local only. */
function viewFulfillment({
  id,
  orderId,
  fulfilled,
  updatedAt,
  meta,
}: Fulfillment): Record<string, unknown> {
  return {
    id,
    entity_type: "WC_Order",
    entity_id: String(orderId),
    is_fulfilled: fulfilled,
    status: fulfilled ? "fulfilled" : "unfulfilled",
    date_updated: mysqlTime(updatedAt),
    meta_data: meta,
  };
}

/** The status is a text here and nowhere else. */
function orderOf({ data }: Site, { order_id }: Arguments): Order {
  const order = data.orders[Number(order_id)];
  if (order) return order;
  throw new RestError("woocommerce_rest_order_invalid_id", "Invalid order ID.", 404, {
    status: "404",
  });
}

function find({ data }: Site, order: Order, { fulfillment_id }: Arguments): Fulfillment {
  const fulfillment = data.fulfillments.find(({ id }) => id === Number(fulfillment_id));
  if (!fulfillment) throw new RestError(0, "Fulfillment not found.", 400);
  if (fulfillment.orderId !== order.id) throw new RestError(0, "Invalid fulfillment ID.", 400);
  return fulfillment;
}

/** The status decides; an unknown one means unfulfilled. */
function isFulfilled({ status, is_fulfilled }: Arguments, before: boolean): boolean {
  if (status !== undefined) return status === "fulfilled";
  return is_fulfilled === undefined ? before : is_fulfilled === true;
}

const shapes: Readonly<Record<string, RegExp>> = {
  ups: /^1Z[0-9A-Z]{16}$/,
  usps: /^9[2-5]\d{20}$/,
  fedex: /^\d{12}$/,
  dhl: /^JD\d{10,18}$/,
  "royal-mail": /^[A-Z]{2}\d{9}GB$/,
};

/** Guesses the provider of a number; the real site knows some seventy providers. */
function lookUp(given: string): unknown {
  const number = given.toUpperCase().replace(/[^A-Z0-9]/g, "");
  const carrier = carriers.find(({ code }) => shapes[code]?.test(number));
  if (!carrier) return [];
  return {
    tracking_number: number,
    shipping_provider: carrier.code,
    tracking_url: carrier.trackingUrl(number),
  };
}
