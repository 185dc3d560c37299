import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type {
  BatchResult,
  SubmitResult,
  UserErrorData,
  Wish,
  WriteOptions,
} from "../../src/commands/face.js";
import { mintId } from "../../src/domain/id.js";
import { SCOPES, type Viewer } from "../../src/domain/scope.js";
import { commands } from "../../src/store/tables.js";
import { openTestApi, TENANT, type TestApi } from "../support/api.js";
import {
  AddScanDocument,
  CancelOrderDocument,
  ConnectShopDocument,
  DisconnectShopDocument,
  HoldWorkDocument,
  MoveWorkDocument,
  PauseShopDocument,
  PreviewShipmentDocument,
  ReconcileShopDocument,
  RefreshOrderDocument,
  ReleaseWorkDocument,
  ResolveWriteDocument,
  ResumeShopDocument,
  RetryWriteDocument,
  ShipManyDocument,
  ShipOrderDocument,
  TakeShipmentBackDocument,
  UpdateShopDocument,
  UpdateTrackingDocument,
  WithdrawWriteDocument,
} from "../support/operations.js";
import { shipment, snapshot } from "../support/snapshots.js";

/** What the service behind the API was asked, and what it is to answer. */
const asked: { viewer: Viewer; wish: Wish; options: WriteOptions }[] = [];
const called: unknown[][] = [];
let answer: Partial<SubmitResult> = {};
/** What becomes of the items of the next batch, one after the other. */
const batchAnswers: BatchResult[] = [];
const NOTHING: SubmitResult = {
  command: null,
  replayed: false,
  orderId: null,
  partIds: [],
  preview: null,
  errors: [],
};
let errors: UserErrorData[] = [];
let api: TestApi;
let orderId: string;
let fulfillmentId: string;
let packageId: string;
let commandId: string;

beforeAll(async () => {
  const change = (name: string) => async (viewer: Viewer, id: string, more?: unknown) => {
    called.push([name, viewer.client, id, more]);
    return { command: id, errors };
  };
  api = await openTestApi({
    commands: {
      async submit(viewer, wish, options) {
        asked.push({ viewer, wish, options });
        return { ...NOTHING, ...answer };
      },
      async submitAll(viewer, items) {
        asked.push(...items.map((item) => ({ viewer, ...item })));
        return items.map(() => batchAnswers.shift() ?? { ...NOTHING, errors });
      },
      retry: change("retry"),
      cancel: change("cancel"),
      resolve: change("resolve"),
    },
    channels: {
      async connect(viewer, wish) {
        called.push(["connect", viewer.client, wish]);
        return { channelId: errors.length > 0 ? null : api.woo, errors };
      },
      async disconnect(viewer, id, options) {
        called.push(["disconnect", viewer.client, id, options]);
        return { channelId: id, errors };
      },
      async update(viewer, id, wish) {
        called.push(["update", viewer.client, id, wish]);
        return { channelId: id, errors };
      },
      async pause(viewer, id, options) {
        called.push(["pause", viewer.client, id, options]);
        return { channelId: id, errors };
      },
      async resume(viewer, id) {
        called.push(["resume", viewer.client, id]);
        return { channelId: id, errors };
      },
      async reconcile(viewer, id, window) {
        called.push(["reconcile", viewer.client, id, window]);
        return { command: id, errors };
      },
      async setStatusMapping(viewer, id, wish) {
        called.push(["setStatusMapping", viewer.client, id, wish]);
        return { channelId: id, errors };
      },
    },
  });
  const asOf = new Date().toISOString();
  const shipped = { asOf, complete: true, value: [shipment("f", { 1: 1 }, { number: "1Z" })] };
  const [recorded] = await api.record(api.woo, snapshot("a", 0, { fulfillments: shipped }));
  orderId = recorded?.orderId as string;
  const order = await api.read<{
    order: { fulfillments: { id: string; packages: { id: string }[] }[] };
  }>("query ($id: ID!) { order(id: $id) { fulfillments { id packages { id } } } }", {
    id: orderId,
  });
  fulfillmentId = order.order.fulfillments[0]?.id as string;
  packageId = order.order.fulfillments[0]?.packages[0]?.id as string;
  commandId = mintId("Command");
  await api.database.forTenant(TENANT, (tx) =>
    tx.insert(commands).values({
      tenantId: TENANT,
      id: commandId,
      channelId: api.woo,
      orderId,
      type: "FULFILLMENT_CANCEL",
      status: "NEEDS_ATTENTION",
      command: {
        type: "FULFILLMENT_CANCEL",
        orderId,
        fulfillmentId,
        reason: null,
        notifyCustomer: null,
      },
      client: "till",
      actor: { kind: "API_CLIENT", id: "till", name: "Till" },
      inputHash: "",
      targetId: fulfillmentId,
      resultId: fulfillmentId,
      idempotencyKey: "k1",
      errors: [
        {
          code: "CHANNEL_UNAVAILABLE",
          message: "The shop did not answer",
          path: null,
          detail: {
            kind: "ChannelError",
            channelId: api.woo,
            httpStatus: 504,
            upstreamCode: null,
            upstreamMessage: null,
            retryAfterMs: 1500,
          },
        },
      ],
    }),
  );
});
beforeEach(() => {
  asked.length = 0;
  called.length = 0;
  answer = {};
  errors = [];
});
afterAll(() => api?.drop());

const DEFAULTS: WriteOptions = {
  idempotencyKey: null,
  expectedVersion: null,
  waitUntil: "ACCEPTED",
  waitTimeoutMs: null,
  dryRun: false,
  notifyCustomer: null,
  allowEmulated: null,
  deadline: null,
};

describe("writes", () => {
  it("hands a shipment over with its options, and shows what it came to", async () => {
    answer = { command: commandId, replayed: true, orderId, partIds: [fulfillmentId] };
    const data = await api.read(ShipOrderDocument, {
      input: {
        orderId,
        lines: [{ lineId: "line_1", quantity: 1.5 }],
        packages: [{ tracking: { number: "1Z", carrier: "UPS" } }],
        shippedAt: "2026-01-01T10:00:00+02:00",
      },
      idempotencyKey: "key-1",
      notifyCustomer: true,
    });
    expect(asked).toMatchObject([
      {
        viewer: { client: "till", tenantId: TENANT },
        wish: {
          type: "FULFILLMENT_CREATE",
          orderId,
          lines: [{ lineId: "line_1", quantity: 1.5 }],
          fulfillmentOrderId: null,
          locationId: null,
          packages: [
            { tracking: { number: "1Z", carrier: "UPS", carrierCode: null, url: null }, lines: [] },
          ],
          shippedAt: "2026-01-01T08:00:00.000Z",
        },
        options: {
          ...DEFAULTS,
          idempotencyKey: "key-1",
          waitUntil: "SUCCEEDED",
          waitTimeoutMs: 20_000,
          notifyCustomer: true,
        },
      },
    ]);
    expect(data.fulfillmentCreate).toMatchObject({
      command: {
        id: commandId,
        replayed: true,
        errors: [{ code: "CHANNEL_UNAVAILABLE", httpStatus: 504, retryAfter: "PT1.5S" }],
      },
      order: { id: orderId },
      fulfillments: [{ id: fulfillmentId, status: "SUCCESS" }],
      userErrors: [],
    });
  });

  it("means everything still open where no lines are given, and the defaults where no options are", async () => {
    await api.read(
      "mutation ($id: ID!) { fulfillmentCreate(input: { orderId: $id }) { userErrors { code } } }",
      { id: orderId },
    );
    expect(asked).toMatchObject([
      { wish: { lines: null, packages: [], shippedAt: null }, options: DEFAULTS },
    ]);
  });

  it("shows what a dry run would do", async () => {
    answer = { orderId, preview: { steps: ["ship 2 lines"], warnings: [] } };
    const { fulfillmentCreate } = await api.read(PreviewShipmentDocument, { input: { orderId } });
    expect(asked[0]?.options.dryRun).toBe(true);
    expect(fulfillmentCreate).toEqual({
      preview: { steps: ["ship 2 lines"], warnings: [] },
      userErrors: [],
    });
  });

  it("shows each refusal in its concrete type", async () => {
    const refusal = { message: "no", path: ["input", "lines", "0"] };
    answer = {
      errors: [
        { kind: "BasicUserError", code: "NOT_FOUND", ...refusal },
        {
          kind: "QuantityError",
          code: "QUANTITY_EXCEEDS_FULFILLABLE",
          ...refusal,
          lineId: "line_1",
          requested: 5,
          available: 2.5,
        },
        {
          kind: "CapabilityError",
          code: "CAPABILITY_NOT_SUPPORTED",
          ...refusal,
          operation: "FULFILLMENT_PARTIAL",
          channelId: api.woo,
          alternatives: ["FULFILLMENT_CREATE"],
        },
        {
          kind: "StaleVersionError",
          code: "STALE_VERSION",
          ...refusal,
          currentVersion: 4,
          changes: [{ path: "state", before: "OPEN", after: "CANCELED" }],
        },
        {
          kind: "IdempotencyError",
          code: "IDEMPOTENCY_KEY_REUSED",
          ...refusal,
          originalCommandId: commandId,
        },
        {
          kind: "ChannelError",
          code: "CHANNEL_REJECTED",
          ...refusal,
          channelId: api.woo,
          httpStatus: 422,
          upstreamCode: "x",
          upstreamMessage: "y",
          retryAfterMs: null,
        },
      ],
    };
    const { fulfillmentCreate } = await api.read(PreviewShipmentDocument, { input: { orderId } });
    const common = { message: "no", path: ["input", "lines", "0"] };
    expect(fulfillmentCreate.userErrors).toEqual([
      { ...common, code: "NOT_FOUND" },
      {
        ...common,
        code: "QUANTITY_EXCEEDS_FULFILLABLE",
        lineId: "line_1",
        requested: 5,
        available: 2.5,
      },
      {
        ...common,
        code: "CAPABILITY_NOT_SUPPORTED",
        operation: "FULFILLMENT_PARTIAL",
        alternatives: ["FULFILLMENT_CREATE"],
      },
      {
        ...common,
        code: "STALE_VERSION",
        currentVersion: 4,
        changes: [{ path: "state", before: "OPEN", after: "CANCELED" }],
      },
      { ...common, code: "IDEMPOTENCY_KEY_REUSED", originalCommandId: commandId },
      {
        ...common,
        code: "CHANNEL_REJECTED",
        httpStatus: 422,
        upstreamCode: "x",
        upstreamMessage: "y",
        retryAfter: null,
      },
    ]);
  });

  it("hands over every other write in its own words", async () => {
    const packages = [{ lines: [{ lineId: "line_1", quantity: 1 }] }];
    await api.read(UpdateTrackingDocument, { fulfillmentId, packages, replace: true });
    await api.read(TakeShipmentBackDocument, { fulfillmentId, reason: "wrong box" });
    await api.read(AddScanDocument, {
      packageId,
      status: "DELIVERED",
      occurredAt: "2026-01-02T00:00:00Z",
    });
    await api.read(CancelOrderDocument, {
      input: { orderId, reason: "customer" },
      expectedVersion: 3,
    });
    await api.read(RefreshOrderDocument, { orderId });
    expect(asked.map(({ wish }) => wish)).toEqual([
      {
        type: "FULFILLMENT_TRACKING_UPDATE",
        fulfillmentId,
        packages: [{ tracking: null, lines: [{ lineId: "line_1", quantity: 1 }] }],
        replace: true,
      },
      { type: "FULFILLMENT_CANCEL", fulfillmentId, reason: "wrong box" },
      {
        type: "TRACKING_EVENT_ADD",
        packageId,
        status: "DELIVERED",
        occurredAt: "2026-01-02T00:00:00.000Z",
        message: null,
      },
      {
        type: "ORDER_CANCEL",
        orderId,
        lines: null,
        reason: "customer",
        restock: true,
        refund: false,
      },
      { type: "ORDER_REFRESH", orderId },
    ]);
    expect(asked[3]?.options).toMatchObject({ expectedVersion: 3, waitUntil: "SUCCEEDED" });
  });

  it.each([
    ["a quantity finer than four decimals", { lines: [{ lineId: "x", quantity: 0.00001 }] }],
    [
      "an address that is none",
      { packages: [{ tracking: { number: "1", url: "javascript:alert(1)" } }] },
    ],
    ["a moment without an offset", { shippedAt: "2026-01-01T10:00:00" }],
  ])("refuses %s before anything is asked", async (_, input) => {
    const answered = await api.run(PreviewShipmentDocument, {
      input: { orderId, ...input } as never,
    });
    expect(answered.errors[0]?.extensions.code).toBe("BAD_USER_INPUT");
    expect(asked).toEqual([]);
  });
});

describe("scopes", () => {
  const without = (scope: string) =>
    api.viewerWith({ scopes: SCOPES.filter((each) => each !== scope) });

  it("are asked for before anything is done", async () => {
    const shipper = await without("FULFILLMENTS_WRITE");
    const reader = await without("ORDERS_WRITE");
    const clerk = await without("COMMANDS_RESOLVE");
    const guest = await without("CHANNELS_ADMIN");
    const answers = [
      await api.run(PreviewShipmentDocument, { input: { orderId } }, shipper),
      await api.run(TakeShipmentBackDocument, { fulfillmentId }, shipper),
      await api.run(RetryWriteDocument, { id: commandId }, shipper),
      await api.run(WithdrawWriteDocument, { id: commandId }, shipper),
      await api.run(CancelOrderDocument, { input: { orderId, reason: "x" } }, reader),
      await api.run(ResolveWriteDocument, { id: commandId, outcome: "DONE", note: "seen" }, clerk),
      await api.run(
        ConnectShopDocument,
        { input: { platform: "SHOPIFY", name: "x", settings: {} } },
        guest,
      ),
      await api.run(DisconnectShopDocument, { id: api.woo }, guest),
      await api.run(UpdateShopDocument, { id: api.woo, name: "x" }, guest),
      await api.run(PauseShopDocument, { id: api.woo }, guest),
      await api.run(ResumeShopDocument, { id: api.woo }, guest),
      await api.run(ReconcileShopDocument, { id: api.woo, from: "2026-01-01T00:00:00Z" }, guest),
    ];
    expect(answers.map(({ errors: told }) => told[0]?.extensions.code)).toEqual(
      answers.map(() => "FORBIDDEN"),
    );
    expect([...asked, ...called]).toEqual([]);
  });

  it("hand over what is asked of work", async () => {
    const id = mintId("FulfillmentOrder");
    const locationId = mintId("Location");
    await api.read(HoldWorkDocument, { id, reason: "ADDRESS", options: { dryRun: true } });
    await api.read(ReleaseWorkDocument, { id });
    await api.read(ReleaseWorkDocument, { id, holdIds: ["hold_1"] });
    await api.read(MoveWorkDocument, { id, locationId });
    const lines = [{ lineId: "line_1", quantity: 2 }];
    await api.read(MoveWorkDocument, { id, locationId, lines });
    const at = { fulfillmentOrderId: id };
    expect(asked.map(({ wish }) => wish)).toEqual([
      { type: "FULFILLMENT_ORDER_HOLD", ...at, reason: "ADDRESS", note: null },
      { type: "FULFILLMENT_ORDER_RELEASE", ...at, holdIds: null },
      { type: "FULFILLMENT_ORDER_RELEASE", ...at, holdIds: ["hold_1"] },
      { type: "FULFILLMENT_ORDER_MOVE", ...at, locationId, lines: null },
      { type: "FULFILLMENT_ORDER_MOVE", ...at, locationId, lines },
    ]);
    expect(asked[0]?.options).toEqual({ ...DEFAULTS, dryRun: true });
    const reader = await api.viewerWith({ scopes: ["ORDERS_READ", "ORDERS_WRITE"] });
    const refused = await api.run(HoldWorkDocument, { id, reason: "OTHER" }, reader);
    expect(refused.errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
  });

  it("let a key that only ships see its shipment, and not the order", async () => {
    answer = { orderId, partIds: [fulfillmentId] };
    const viewer = await api.viewerWith({ scopes: ["FULFILLMENTS_WRITE"] });
    const { fulfillmentCreate } = await api.read(
      ShipOrderDocument,
      { input: { orderId }, idempotencyKey: "k" },
      viewer,
    );
    expect(fulfillmentCreate).toMatchObject({ order: null, fulfillments: [{ id: fulfillmentId }] });
  });
});

describe("a batch of shipments", () => {
  const items = (count: number) => Array.from({ length: count }, () => ({ input: { orderId } }));

  it("is handed over with each item's own options, and answers for each at its place", async () => {
    const path = ["input", "lines", "0", "quantity"];
    const refusal = { kind: "BasicUserError" as const, code: "INVALID_INPUT" as const };
    batchAnswers.push(
      { ...NOTHING, command: commandId, replayed: true },
      { ...NOTHING, errors: [{ ...refusal, message: "no", path }] },
      { ...NOTHING, preview: { steps: [], warnings: [] } },
    );
    const { fulfillmentCreateBatch: batch } = await api.read(ShipManyDocument, {
      items: [
        {
          input: { orderId, lines: [{ lineId: "l", quantity: 1 }] },
          options: { idempotencyKey: "a" },
        },
        { input: { orderId } },
        { input: { orderId }, options: { dryRun: true } },
      ],
    });
    expect(asked.map(({ options }) => options)).toEqual([
      { ...DEFAULTS, idempotencyKey: "a" },
      DEFAULTS,
      { ...DEFAULTS, dryRun: true },
    ]);
    expect(asked[0]?.wish).toMatchObject({ type: "FULFILLMENT_CREATE", orderId, packages: [] });
    expect(batch).toMatchObject({
      accepted: 2,
      rejected: 1,
      userErrors: [],
      items: [
        { index: 0, command: { id: commandId, replayed: true }, userErrors: [] },
        { index: 1, command: null, userErrors: [{ path: ["items", "1", ...path] }] },
        { index: 2, command: null, userErrors: [] },
      ],
    });
  });

  it("tells of a failure of the gateway's own at its item alone", async () => {
    batchAnswers.push({ fault: new Error("the disk is full") }, { ...NOTHING, command: commandId });
    const { data, errors: told } = await api.run(ShipManyDocument, { items: items(2) });
    expect(data?.fulfillmentCreateBatch).toMatchObject({
      accepted: 1,
      rejected: 1,
      items: [{ command: null }, { command: { id: commandId } }],
    });
    expect(told).toMatchObject([{ extensions: { code: "INTERNAL" } }]);
    expect(told[0]?.message).not.toContain("disk");
  });

  it("holds a hundred items and no more", async () => {
    const most = await api.read(ShipManyDocument, { items: items(100) });
    expect(most.fulfillmentCreateBatch).toMatchObject({ accepted: 100, rejected: 0 });
    asked.length = 0;
    const { fulfillmentCreateBatch: more } = await api.read(ShipManyDocument, {
      items: items(101),
    });
    expect(more).toMatchObject({
      items: [],
      accepted: 0,
      rejected: 101,
      userErrors: [{ code: "LIMIT_EXCEEDED", path: ["items"] }],
    });
    expect(asked).toEqual([]);
  });
});

describe("changes to writes and shops", () => {
  it("are handed over, and show how it stands then", async () => {
    const data = await api.read(ResolveWriteDocument, {
      id: commandId,
      outcome: "NOT_DONE",
      note: "looked",
    });
    await api.read(RetryWriteDocument, { id: commandId });
    await api.read(WithdrawWriteDocument, { id: commandId });
    await api.read(DisconnectShopDocument, { id: api.woo });
    expect(data.commandResolve.command).toMatchObject({
      id: commandId,
      status: "NEEDS_ATTENTION",
      cancelable: false,
    });
    expect(called).toEqual([
      ["resolve", "till", commandId, { outcome: "NOT_DONE", note: "looked" }],
      ["retry", "till", commandId, undefined],
      ["cancel", "till", commandId, undefined],
      ["disconnect", "till", api.woo, { eraseData: false }],
    ]);
  });

  it("show who resolved a write and how they know, the note to those who see people", async () => {
    const variables = { id: commandId, outcome: "DONE" as const, note: "looked" };
    const before = await api.read(ResolveWriteDocument, variables);
    expect(before.commandResolve.command?.resolution).toBeNull();
    const actor = { kind: "API_CLIENT" as const, id: "desk", name: "Desk" };
    const at = "2026-01-02T03:04:05.000Z";
    const resolution = { outcome: "DONE", note: "Ann saw refund 871", actor, at };
    await api.database.forTenant(TENANT, (tx) =>
      tx.update(commands).set({ resolution }).where(eq(commands.id, commandId)),
    );
    const shown = await api.read(ResolveWriteDocument, variables);
    const told = { outcome: "DONE", note: "Ann saw refund 871", by: actor, at };
    expect(shown.commandResolve.command?.resolution).toEqual(told);
    const viewer = await api.viewerWith({ scopes: ["COMMANDS_RESOLVE"] });
    const masked = await api.read(ResolveWriteDocument, variables, viewer);
    expect(masked.commandResolve.command?.resolution).toEqual({ ...told, note: null });
  });

  it("pass a shop's settings on as they are, and never show them", async () => {
    const settings = { url: "https://shop.example", consumerSecret: "cs_secret" };
    const input = { platform: "WOOCOMMERCE" as const, name: "North", settings };
    const data = await api.read(ConnectShopDocument, { input });
    expect(called).toEqual([
      ["connect", "till", { platform: "WOOCOMMERCE", name: "North", settings }],
    ]);
    expect(data.channelConnect.channel).toMatchObject({ id: api.woo, sync: { health: "HEALTHY" } });
    expect(JSON.stringify(data)).not.toContain("cs_secret");
    errors = [
      {
        kind: "ChannelError",
        code: "CHANNEL_REJECTED",
        message: "wrong key",
        path: ["input", "settings"],
        channelId: api.woo,
        httpStatus: 401,
        upstreamCode: null,
        upstreamMessage: null,
        retryAfterMs: null,
      },
    ];
    const refused = await api.read(ConnectShopDocument, { input });
    expect(refused.channelConnect).toMatchObject({
      channel: null,
      userErrors: [{ code: "CHANNEL_REJECTED", httpStatus: 401 }],
    });
  });

  it("has shops' orders compared with ours", async () => {
    const [id, from, to] = [commandId, "2026-01-01T00:00:00.000Z", "2026-01-02T00:00:00.000Z"];
    const { channelReconcile } = await api.read(ReconcileShopDocument, { id, from });
    await api.read(ReconcileShopDocument, { id, from, to });
    expect(channelReconcile).toMatchObject({ command: { id }, userErrors: [] });
    expect(called).toEqual([
      ["reconcile", "till", id, { from: new Date(from), to: null }],
      ["reconcile", "till", id, { from: new Date(from), to: new Date(to) }],
    ]);
  });

  it("changes, pauses and resumes shops", async () => {
    const id = api.woo;
    const settings = { url: "https://x", token: null };
    const { channelUpdate } = await api.read(UpdateShopDocument, { id, settings });
    await api.read(UpdateShopDocument, { id, name: "Mugs" });
    await api.read(PauseShopDocument, { id, reason: "stocktaking" });
    await api.read(PauseShopDocument, { id });
    await api.read(ResumeShopDocument, { id });
    expect(called).toEqual([
      ["update", "till", id, { name: null, settings }],
      ["update", "till", id, { name: "Mugs", settings: null }],
      ["pause", "till", id, { reason: "stocktaking" }],
      ["pause", "till", id, { reason: null }],
      ["resume", "till", id],
    ]);
    expect(channelUpdate).toMatchObject({ channel: { id }, userErrors: [] });
  });
});

describe("a write that was made", () => {
  it("is listed with what it is about, and pages on", async () => {
    const LIST = `query ($first: Int, $after: String, $filter: CommandFilter) { commands(first: $first, after: $after, filter: $filter) {
      nodes { id type idempotencyKey target { __typename id } result { id } requestedBy { kind id } channel { id } } pageInfo { hasNextPage endCursor } } }`;
    interface List {
      commands: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
    }
    const { commands: all } = await api.read<List>(LIST, { first: 1 });
    expect(all).toMatchObject({
      nodes: [
        {
          id: commandId,
          type: "FULFILLMENT_CANCEL",
          idempotencyKey: "k1",
          target: { __typename: "Fulfillment", id: fulfillmentId },
          result: { id: fulfillmentId },
          requestedBy: { kind: "API_CLIENT", id: "till" },
          channel: { id: api.woo },
        },
      ],
      pageInfo: { hasNextPage: false },
    });
    const count = async (filter: object, after?: string) =>
      (await api.read<List>(LIST, { first: 5, after, filter })).commands.nodes.length;
    expect(await count({}, all.pageInfo.endCursor)).toBe(0);
    expect(
      await count({
        status: ["NEEDS_ATTENTION"],
        type: ["FULFILLMENT_CANCEL"],
        orderId: [orderId],
        channelId: [api.woo],
        actorId: ["till"],
      }),
    ).toBe(1);
    expect(await count({ status: ["SUCCEEDED"] })).toBe(0);
    expect(await count({ actorId: ["someone"] })).toBe(0);
    expect(await count({ createdAt: { lt: "2020-01-01T00:00:00Z" } })).toBe(0);
  });

  it("marks its order as one that somebody should look at", async () => {
    const data = await api.read<{ orders: { nodes: unknown[] } }>(
      "{ orders(filter: { hasSyncProblem: true, hasPendingCommand: true }) { nodes { id syncState commands(status: [NEEDS_ATTENTION]) { id } } } }",
    );
    expect(data.orders.nodes).toEqual([
      { id: orderId, syncState: "OUTCOME_UNKNOWN", commands: [{ id: commandId }] },
    ]);
    const { orders } = await api.read<{ orders: { nodes: unknown[] } }>(
      "{ orders(filter: { hasSyncProblem: false }) { nodes { id } } }",
    );
    expect(orders.nodes).toEqual([]);
  });

  it("is invisible to a key of another shop", async () => {
    const viewer = await api.viewerWith({ channelIds: [api.shopify] });
    const data = await api.read(
      "query ($id: ID!) { command(id: $id) { id } node(id: $id) { id } commands { nodes { id } } }",
      { id: commandId },
      viewer,
    );
    expect(data).toEqual({ command: null, node: null, commands: { nodes: [] } });
  });
});
