import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type {
  QuoteResult,
  RefundAsked,
  SubmitResult,
  Wish,
  WriteOptions,
} from "../../src/commands/face.js";
import { sameMoney } from "../../src/domain/money.js";
import { SCOPES, type Scope } from "../../src/domain/scope.js";
import { refund, returned, returnLine } from "../domain/arbitraries.js";
import { openTestApi, type TestApi } from "../support/api.js";
import {
  AddNoteDocument,
  ApproveReturnDocument,
  BeginReturnDocument,
  CancelReturnDocument,
  CloseReturnDocument,
  DeclineReturnDocument,
  OrderDetailDocument,
  PreviewRefundDocument,
  QuoteRefundDocument,
  ReceiveReturnDocument,
  RefundOrderDocument,
  TrackReturnDocument,
  UpdateAddressDocument,
  UpdateTagsDocument,
} from "../support/operations.js";
import { at, shipment, snapshot } from "../support/snapshots.js";

/** What the services behind the API were asked, and what they are to answer. */
const asked: { wish: Wish; options: WriteOptions }[] = [];
const quoted: RefundAsked[] = [];
let answer: Partial<SubmitResult> = {};
let price: QuoteResult = { quote: null, errors: [] };
let api: TestApi;
let orderId: string;
const ids = { line: "", return: "", refund: "" };

beforeAll(async () => {
  const unexpected = async () => {
    throw new Error("it was not expected in this test");
  };
  api = await openTestApi({
    commands: {
      async submit(_, wish, options) {
        asked.push({ wish, options });
        return {
          command: null,
          replayed: false,
          orderId: null,
          partIds: [],
          preview: null,
          errors: [],
          ...answer,
        };
      },
      submitAll: async () => [],
      retry: unexpected,
      cancel: unexpected,
      resolve: unexpected,
    },
    refunds: {
      async quote(_, wish) {
        quoted.push(wish);
        return price;
      },
    },
  });
  const whole = <T>(value: T) => ({ asOf: at(0), complete: true, value });
  const [recorded] = await api.record(
    api.shopify,
    snapshot("a", 0, {
      fulfillments: whole([shipment("f", { 1: 2 })]),
      returns: whole([returned("r", [returnLine("1", 1)])]),
      refunds: whole([refund("m", { 1: 1 }, { returnId: "r" })]),
    }),
  );
  orderId = recorded?.orderId as string;
  const { order } = await api.read(OrderDetailDocument, { id: orderId });
  ids.line = order?.lines.nodes[0]?.id as string;
  ids.return = order?.returns[0]?.id as string;
  ids.refund = order?.refunds[0]?.id as string;
});
beforeEach(() => {
  asked.length = 0;
  quoted.length = 0;
  answer = {};
  price = { quote: null, errors: [] };
});
afterAll(() => api?.drop());

describe("writes on returns", () => {
  it("hand a return over with what nobody said filled in, and show it under its id", async () => {
    answer = { orderId, partIds: [ids.return] };
    const data = await api.read(BeginReturnDocument, {
      input: { orderId, lines: [{ lineId: ids.line, quantity: 1, reason: "DEFECTIVE" }] },
      idempotencyKey: "k1",
    });
    expect(asked).toMatchObject([
      {
        wish: {
          type: "RETURN_CREATE",
          orderId,
          lines: [
            {
              lineId: ids.line,
              quantity: 1,
              reason: "DEFECTIVE",
              note: null,
              resolution: "REFUND",
            },
          ],
          requested: false,
          tracking: null,
          note: null,
        },
        options: { idempotencyKey: "k1", waitUntil: "SUCCEEDED" },
      },
    ]);
    expect(data.returnCreate).toMatchObject({
      return: { id: ids.return, status: "APPROVED" },
      userErrors: [],
    });
  });

  it("hand over what is to be sent instead, as far as anything is", async () => {
    const input = { orderId, lines: [{ lineId: ids.line, quantity: 1, reason: "STYLE" as const }] };
    const exchangeLines = [{ sku: "LAMP-1", quantity: 2 }];
    for (const given of [exchangeLines, [], null])
      await api.read(BeginReturnDocument, { input: { ...input, exchangeLines: given } });
    expect(asked.map(({ wish }) => "exchangeLines" in wish && wish.exchangeLines)).toEqual([
      exchangeLines,
      false,
      false,
    ]);
  });

  it("hand every other one over in its own words", async () => {
    const returnId = ids.return;
    const lines = [{ lineId: ids.line, quantity: 1 }];
    await api.read(ApproveReturnDocument, { returnId, lines });
    await api.read(ApproveReturnDocument, { returnId });
    await api.read(DeclineReturnDocument, { returnId, reason: "too late" });
    await api.read(TrackReturnDocument, { returnId, tracking: { number: "R1", carrier: "DHL" } });
    await api.read(ReceiveReturnDocument, {
      returnId,
      lines: [
        { lineId: ids.line, received: 1 },
        { lineId: "line_2", received: 0.5, rejected: 0.5, disposition: "DAMAGED" },
      ],
    });
    await api.read(CloseReturnDocument, { returnId });
    await api.read(CancelReturnDocument, { returnId, options: { expectedVersion: 3 } });
    expect(asked.map(({ wish }) => wish)).toEqual([
      { type: "RETURN_APPROVE", returnId, lines },
      { type: "RETURN_APPROVE", returnId, lines: null },
      { type: "RETURN_DECLINE", returnId, reason: "too late" },
      {
        type: "RETURN_TRACKING_UPDATE",
        returnId,
        tracking: { number: "R1", carrier: "DHL", carrierCode: null, url: null },
      },
      {
        type: "RETURN_RECEIVE",
        returnId,
        lines: [
          { lineId: ids.line, received: 1, rejected: 0, disposition: "RESTOCK" },
          { lineId: "line_2", received: 0.5, rejected: 0.5, disposition: "DAMAGED" },
        ],
      },
      { type: "RETURN_CLOSE", returnId },
      { type: "RETURN_CANCEL", returnId },
    ]);
    expect(asked.at(-1)?.options.expectedVersion).toBe(3);
  });
});

describe("writes on orders", () => {
  it("hand over notes, tags and a whole address", async () => {
    await api.read(AddNoteDocument, { orderId, text: "call back" });
    await api.read(AddNoteDocument, { orderId, text: "call back", pushToChannel: true });
    await api.read(UpdateTagsDocument, { orderId, add: ["vip"] });
    await api.read(UpdateAddressDocument, {
      orderId,
      shippingAddress: { name: "Ada", line1: "Street 1", line2: null, city: "Brno", country: "CZ" },
    });
    expect(asked.map(({ wish }) => wish)).toEqual([
      { type: "ORDER_NOTE_ADD", orderId, text: "call back", pushToChannel: false },
      { type: "ORDER_NOTE_ADD", orderId, text: "call back", pushToChannel: true },
      { type: "ORDER_TAGS_UPDATE", orderId, add: ["vip"], remove: [] },
      {
        type: "ORDER_ADDRESS_UPDATE",
        orderId,
        shippingAddress: {
          name: "Ada",
          company: null,
          line1: "Street 1",
          line2: null,
          city: "Brno",
          region: null,
          regionCode: null,
          postalCode: null,
          country: "CZ",
          phone: null,
        },
      },
    ]);
  });
});

describe("refunds", () => {
  it("are handed over, every amount exact, and shown under their id", async () => {
    answer = { orderId, partIds: [ids.refund] };
    const amount = { amount: "7.10", currency: "EUR" };
    const data = await api.read(RefundOrderDocument, {
      input: {
        orderId,
        returnId: ids.return,
        lines: [{ lineId: ids.line, quantity: 1, amount, restock: true }],
        shipping: { amount: "2.90", currency: "EUR" },
        reason: "broken",
      },
      idempotencyKey: "k2",
      allowEmulated: true,
    });
    expect(asked).toMatchObject([
      {
        wish: {
          type: "REFUND_CREATE",
          orderId,
          returnId: ids.return,
          lines: [{ lineId: ids.line, quantity: 1, amount, restock: true, locationId: null }],
          shipping: { amount: "2.90", currency: "EUR" },
          extraAmount: null,
          reason: "broken",
          toStoreCredit: false,
        },
        options: { idempotencyKey: "k2", allowEmulated: true, notifyCustomer: null },
      },
    ]);
    expect(data.refundCreate).toMatchObject({
      refund: { id: ids.refund, status: "SUCCEEDED", return: { id: ids.return } },
      order: { totals: { refunded: { shop: { amount: "10.00" } } } },
    });
  });

  it("of a return need no lines, and are previewed by a dry run", async () => {
    answer = { orderId, preview: { steps: ["refund 10.00 EUR"], warnings: [] } };
    const input = { orderId, returnId: ids.return };
    const { refundCreate } = await api.read(PreviewRefundDocument, { input, idempotencyKey: "k3" });
    expect(asked).toMatchObject([
      { wish: { lines: null, shipping: null }, options: { dryRun: true } },
    ]);
    expect(refundCreate.preview).toEqual({ steps: ["refund 10.00 EUR"], warnings: [] });
  });

  it("cannot be asked for without options", async () => {
    const { errors } = await api.run(
      "mutation ($input: RefundCreateInput!) { refundCreate(input: $input) { userErrors { code } } }",
      { input: { orderId } },
    );
    expect(errors[0]?.extensions.code).toBe("GRAPHQL_VALIDATION_FAILED");
    expect(asked).toEqual([]);
  });

  it.each([
    ["a float", { shipping: { amount: 2.9, currency: "EUR" } }],
    ["a currency that is none", { shipping: { amount: "2.90", currency: "euro" } }],
  ])("refuse %s before anything is asked", async (_, input) => {
    const { errors } = await api.run(PreviewRefundDocument, {
      input: { orderId, ...input } as never,
      idempotencyKey: "k",
    });
    expect(errors[0]?.extensions.code).toBe("BAD_USER_INPUT");
    expect(asked).toEqual([]);
  });

  it("are priced before, each line in the order asked", async () => {
    const ten = sameMoney("10.00", "EUR");
    price = {
      quote: {
        maximum: sameMoney("20.00", "EUR"),
        lines: [{ lineId: ids.line, quantity: 1, amount: ten }],
        shippingMaximum: sameMoney("0", "EUR"),
        exact: true,
        warnings: ["rounded down"],
      },
      errors: [],
    };
    const lines = [{ lineId: ids.line, quantity: 1 }];
    const { refundQuote } = await api.read(QuoteRefundDocument, { orderId, lines });
    expect(quoted).toEqual([
      {
        orderId,
        lines: [{ lineId: ids.line, quantity: 1, amount: null, restock: false, locationId: null }],
        shipping: false,
      },
    ]);
    expect(refundQuote).toMatchObject({
      quote: {
        exact: true,
        warnings: ["rounded down"],
        maximum: { shop: { amount: "20.00" } },
        lines: [{ line: { id: ids.line }, quantity: 1, amount: { shop: { amount: "10.00" } } }],
      },
      userErrors: [],
    });
  });

  it("say why they cannot be priced", async () => {
    const path = ["lines", "0", "quantity"];
    const error = { code: "AMOUNT_EXCEEDS_REFUNDABLE", message: "no", path } as const;
    price = { quote: null, errors: [{ kind: "BasicUserError", ...error }] };
    const { refundQuote } = await api.read(QuoteRefundDocument, { orderId, lines: [] });
    expect(refundQuote).toEqual({ quote: null, userErrors: [error] });
  });
});

it("each write asks for its scope before anything is done", async () => {
  const without = (scope: Scope) =>
    api.viewerWith({ scopes: SCOPES.filter((each) => each !== scope) });
  const [goods, money, orders] = [
    await without("RETURNS_WRITE"),
    await without("REFUNDS_WRITE"),
    await without("ORDERS_WRITE"),
  ];
  const reader = await without("ORDERS_READ");
  const returnId = ids.return;
  const answers = [
    await api.run(BeginReturnDocument, { input: { orderId, lines: [] } }, goods),
    await api.run(ApproveReturnDocument, { returnId }, goods),
    await api.run(DeclineReturnDocument, { returnId, reason: "x" }, goods),
    await api.run(TrackReturnDocument, { returnId, tracking: { number: "1" } }, goods),
    await api.run(ReceiveReturnDocument, { returnId, lines: [] }, goods),
    await api.run(CloseReturnDocument, { returnId }, goods),
    await api.run(CancelReturnDocument, { returnId }, goods),
    await api.run(RefundOrderDocument, { input: { orderId }, idempotencyKey: "k" }, money),
    await api.run(AddNoteDocument, { orderId, text: "x" }, orders),
    await api.run(UpdateTagsDocument, { orderId, add: ["x"] }, orders),
    await api.run(UpdateAddressDocument, { orderId, shippingAddress: {} }, orders),
    await api.run(QuoteRefundDocument, { orderId, lines: [] }, reader),
  ];
  expect(answers.map(({ errors }) => errors[0]?.extensions.code)).toEqual(
    answers.map(() => "FORBIDDEN"),
  );
  expect([...asked, ...quoted]).toEqual([]);
});
