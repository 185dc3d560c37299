import { describe, expect, it } from "vitest";
import type { FulfillmentOrderFragment } from "../../../src/connectors/shopify/payload.js";
import { planCommand } from "../../../src/connectors/shopify/plan.js";
import { translateOrder } from "../../../src/connectors/shopify/translate.js";
import type { FulfillmentCreate, PackageWish } from "../../../src/domain/command.js";
import { GatewayError } from "../../../src/domain/errors.js";
import type { Order } from "../../../src/domain/order.js";
import { orderOf } from "./order.js";
import {
  fulfillmentPayload,
  gid,
  linePayload,
  orderPayload,
  page,
  workPayload,
} from "./payload.js";

/** So many units of lines, waiting at a place. */
function work(
  id: number,
  place: string,
  rows: [line: number, remaining: number][],
  more: Partial<FulfillmentOrderFragment> = {},
) {
  return workPayload({
    id: gid("FulfillmentOrder", id),
    assignedLocation: { name: place, location: { id: gid("Location", place.length) } },
    lineItems: page(
      rows.map(([line, remaining]) => ({
        id: gid("FulfillmentOrderLineItem", 10 * id + line),
        totalQuantity: remaining,
        remainingQuantity: remaining,
        lineItem: { id: gid("LineItem", line) },
      })),
    ),
    ...more,
  });
}

/** An order of three lines of four units each, with this work to be done. */
function orderWith(
  works: FulfillmentOrderFragment[],
  more: Parameters<typeof orderPayload>[0] = {},
): Order {
  const lines = [1, 2, 3].map((line) =>
    linePayload({ id: gid("LineItem", line), quantity: 4, currentQuantity: 4 }),
  );
  const payload = orderPayload({ lineItems: page(lines), fulfillmentOrders: page(works), ...more });
  return orderOf(
    translateOrder(payload, { shop: "goods.myshopify.com", readAt: "2026-11-03T00:00:00.000Z" }),
  );
}

const idOf = (order: Order, line: number) => order.lines[line - 1]?.id ?? "";
const wish = (order: Order, rows: [line: number, quantity: number][]) =>
  rows.map(([line, quantity]) => ({ lineId: idOf(order, line), quantity }));

function create(
  order: Order,
  rows: [number, number][],
  more: Partial<FulfillmentCreate> = {},
): FulfillmentCreate {
  return {
    type: "FULFILLMENT_CREATE",
    orderId: order.id,
    notifyCustomer: null,
    lines: wish(order, rows),
    fulfillmentOrderId: null,
    locationId: null,
    packages: [],
    shippedAt: null,
    ...more,
  };
}
const parcel = (
  number: string,
  carrier: string | null = "UPS",
  lines: PackageWish["lines"] = [],
): PackageWish => ({
  tracking: { number, carrier, carrierCode: null, url: null },
  lines,
});
const codeOf = (plan: () => unknown): string => {
  try {
    plan();
  } catch (error) {
    if (error instanceof GatewayError) return error.code;
    throw error;
  }
  return "none";
};

describe("a shipment", () => {
  it("from two locations takes two steps", () => {
    const order = orderWith([work(1, "Berlin", [[1, 4]]), work(2, "Rotterdam", [[2, 4]])]);
    const steps = planCommand(
      create(
        order,
        [
          [1, 2],
          [2, 1],
        ],
        { packages: [parcel("1Z1")] },
      ),
      order,
    );
    expect(steps.map(({ summary }) => summary)).toEqual([
      "ship 2 units of 1 line from Berlin",
      "ship 1 unit of 1 line from Rotterdam",
    ]);
    expect(steps[0]?.request).toEqual({
      act: "fulfill",
      work: [
        {
          fulfillmentOrderId: gid("FulfillmentOrder", 1),
          lines: [{ id: gid("FulfillmentOrderLineItem", 11), quantity: 2 }],
        },
      ],
      tracking: { company: "UPS", numbers: ["1Z1"], urls: null },
      notifyCustomer: null,
    });
    expect(steps[1]?.creates).toMatchObject({
      lines: wish(order, [[2, 1]]),
      locationId: gid("Location", 9),
    });
  });

  it("of a part of a unit is refused before anything is sent", () => {
    const order = orderWith([work(1, "Berlin", [[1, 4]])]);
    expect(codeOf(() => planCommand(create(order, [[1, 0.5]]), order))).toBe("INVALID_INPUT");
  });

  it("of one location takes one step, however many fulfillment orders it has there", () => {
    const order = orderWith([
      work(1, "Berlin", [[1, 3]]),
      work(2, "Berlin", [
        [1, 1],
        [2, 4],
      ]),
    ]);
    const steps = planCommand(
      create(order, [
        [1, 4],
        [2, 4],
      ]),
      order,
    );
    expect(steps).toHaveLength(1);
    expect(steps[0]).toMatchObject({ request: { work: [{}, {}] } });
    expect(steps[0]?.creates?.lines).toEqual(
      wish(order, [
        [1, 4],
        [2, 4],
      ]),
    );
  });

  it("takes of the chosen location or fulfillment order alone", () => {
    const order = orderWith([work(1, "Berlin", [[1, 2]]), work(2, "Rotterdam", [[1, 2]])]);
    const rotterdam = gid("Location", 9);
    const steps = planCommand(create(order, [[1, 2]], { locationId: rotterdam }), order);
    expect(steps[0]?.creates).toMatchObject({ locationId: rotterdam });
    const second = order.fulfillmentOrders[1]?.id ?? null;
    const chosen = planCommand(create(order, [[1, 2]], { fulfillmentOrderId: second }), order);
    expect(chosen[0]?.creates).toMatchObject({ locationId: rotterdam });
    expect(
      codeOf(() => planCommand(create(order, [[1, 3]], { locationId: rotterdam }), order)),
    ).toBe("QUANTITY_EXCEEDS_FULFILLABLE");
  });

  it("of units on hold is refused as such, of units that are not there as too many", () => {
    const held = { status: "ON_HOLD", supportedActions: [{ action: "RELEASE_HOLD" }] };
    const order = orderWith([work(1, "Berlin", [[1, 2]]), work(2, "Berlin", [[1, 2]], held)]);
    expect(codeOf(() => planCommand(create(order, [[1, 3]]), order))).toBe("ON_HOLD");
    expect(codeOf(() => planCommand(create(order, [[2, 1]]), order))).toBe(
      "QUANTITY_EXCEEDS_FULFILLABLE",
    );
    expect(planCommand(create(order, [[1, 2]]), order)).toHaveLength(1);
  });

  it("never counts the same row of work twice", () => {
    const order = orderWith([work(1, "Berlin", [[1, 3]])]);
    const twice = create(order, [
      [1, 2],
      [1, 2],
    ]);
    expect(codeOf(() => planCommand(twice, order))).toBe("QUANTITY_EXCEEDS_FULFILLABLE");
  });

  it("does not plan on what it was not told: work that cannot be fulfilled now", () => {
    const later = { status: "SCHEDULED", supportedActions: [{ action: "MARK_AS_OPEN" }] };
    const order = orderWith([work(1, "Berlin", [[1, 4]], later)]);
    expect(codeOf(() => planCommand(create(order, [[1, 1]]), order))).toBe(
      "QUANTITY_EXCEEDS_FULFILLABLE",
    );
  });
});

describe("packages", () => {
  const order = orderWith([
    work(1, "Berlin", [
      [1, 4],
      [2, 4],
    ]),
  ]);

  it("that do not say what is in them share one fulfillment, each number once", () => {
    const packages = [parcel("1Z1"), parcel("1z 1"), parcel("1Z2")];
    const [step, ...more] = planCommand(create(order, [[1, 1]], { packages }), order);
    expect(more).toEqual([]);
    expect(step?.request).toMatchObject({ tracking: { company: "UPS", numbers: ["1Z1", "1Z2"] } });
  });

  it("that name their lines become a fulfillment each, of any carrier", () => {
    const packages = [
      parcel("1Z1", "UPS", wish(order, [[1, 2]])),
      parcel("00340", "DHL", wish(order, [[2, 1]])),
    ];
    const steps = planCommand(
      create(
        order,
        [
          [1, 2],
          [2, 1],
        ],
        { packages },
      ),
      order,
    );
    expect(steps.map(({ request }) => (request as { tracking: unknown }).tracking)).toEqual([
      { company: "UPS", numbers: ["1Z1"], urls: null },
      { company: "DHL", numbers: ["00340"], urls: null },
    ]);
  });

  it("of two carriers in one fulfillment are refused with the way out", () => {
    const packages = [parcel("1Z1", "UPS"), parcel("00340", "DHL")];
    const plan = () => planCommand(create(order, [[1, 1]], { packages }), order);
    expect(codeOf(plan)).toBe("CAPABILITY_NOT_SUPPORTED");
    expect(plan).toThrow(/name the lines of each package/);
  });

  it("must hold what is shipped, all of it, and say so together or not at all", () => {
    const some = [parcel("1Z1", "UPS", wish(order, [[1, 1]]))];
    expect(codeOf(() => planCommand(create(order, [[1, 2]], { packages: some }), order))).toBe(
      "INVALID_INPUT",
    );
    const mixed = [parcel("1Z1", "UPS", wish(order, [[1, 1]])), parcel("1Z2")];
    expect(codeOf(() => planCommand(create(order, [[1, 1]], { packages: mixed }), order))).toBe(
      "INVALID_INPUT",
    );
  });

  it("without lines cannot be shared out over two locations", () => {
    const apart = orderWith([work(1, "Berlin", [[1, 4]]), work(2, "Rotterdam", [[2, 4]])]);
    const packages = [parcel("1Z1"), parcel("1Z2")];
    const plan = () =>
      planCommand(
        create(
          apart,
          [
            [1, 1],
            [2, 1],
          ],
          { packages },
        ),
        apart,
      );
    expect(codeOf(plan)).toBe("INVALID_INPUT");
  });
});

describe("other wishes", () => {
  const base = { notifyCustomer: null, orderId: "order" };
  const shipped = orderWith([], {
    fulfillments: [
      fulfillmentPayload({ trackingInfo: [{ company: "UPS", number: "1Z1", url: null }] }),
    ],
  });
  const fulfillmentId = shipped.fulfillments[0]?.id ?? "";

  it("to add a number of another carrier are refused, to replace all are not", () => {
    const track = (replace: boolean) =>
      planCommand(
        {
          ...base,
          type: "FULFILLMENT_TRACKING_UPDATE",
          fulfillmentId,
          packages: [parcel("00340", "DHL")],
          replace,
        },
        shipped,
      );
    expect(codeOf(() => track(false))).toBe("CAPABILITY_NOT_SUPPORTED");
    expect(track(true)[0]).toMatchObject({
      idempotent: "NATURAL",
      summary: "set 1 tracking number",
    });
  });

  it("to tell a scan for which Shopify has no word are kept by the gateway", () => {
    const scan = (status: "LOST" | "DELIVERED") =>
      planCommand(
        {
          ...base,
          type: "TRACKING_EVENT_ADD",
          packageId: "p",
          fulfillmentId,
          status,
          occurredAt: "2026-11-03T00:00:00.000Z",
          message: null,
        },
        shipped,
      )[0];
    expect(scan("LOST")).toMatchObject({ kind: "GATEWAY_SCAN", support: "EMULATED" });
    expect(scan("DELIVERED")).toMatchObject({
      kind: "TRACKING_EVENT_ADD",
      request: { status: "DELIVERED" },
    });
  });

  it("to cancel say that there is no way back, and refund nothing", () => {
    const wish = { ...base, type: "ORDER_CANCEL", reason: "Suspected fraud" } as const;
    const [step] = planCommand(
      { ...wish, restock: true, refund: null },
      orderWith([workPayload()]),
    );
    expect(step).toMatchObject({
      money: false,
      request: { act: "cancelOrder", reason: "FRAUD", restock: true },
    });
    expect(step?.summary).toMatch(/cannot be undone/);
    expect(codeOf(() => planCommand({ ...wish, restock: true, refund: null }, shipped))).toBe(
      "ALREADY_IN_STATE",
    );
  });

  it("about what is not there are refused", () => {
    const cancel = (id: string) =>
      codeOf(() =>
        planCommand(
          { ...base, type: "FULFILLMENT_CANCEL", fulfillmentId: id, reason: null },
          shipped,
        ),
      );
    expect(cancel("ful_none")).toBe("NOT_FOUND");
    const gone = orderWith([], { fulfillments: [fulfillmentPayload({ status: "CANCELLED" })] });
    const again = {
      ...base,
      type: "FULFILLMENT_CANCEL",
      fulfillmentId: gone.fulfillments[0]?.id ?? "",
      reason: null,
    } as const;
    expect(codeOf(() => planCommand(again, gone))).toBe("ALREADY_IN_STATE");
  });
});
