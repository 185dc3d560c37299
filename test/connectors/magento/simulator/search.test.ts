import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type SimulatedMagento,
  startMagento,
} from "../../../../src/connectors/magento/simulator/index.js";
import { search, signedClient } from "./client.js";

let shop: SimulatedMagento;
let client: ReturnType<typeof signedClient>;
beforeAll(async () => {
  shop = await startMagento({ orders: 40 });
  client = signedClient(shop.settings);
});
afterAll(() => shop.stop());

const ids = async (...given: Parameters<typeof search>): Promise<number[]> => {
  const [filters, rest] = given;
  const query = search(filters, { fields: "items[entity_id],total_count", ...rest });
  const { body } = await client.get(`/orders?${query}`);
  return (body.items ?? []).map(({ entity_id }: { entity_id: number }) => entity_id);
};
const count = async (...filters: Parameters<typeof search>[0]): Promise<number> =>
  (await ids(filters)).length;
const ascending = {
  "[sortOrders][0][field]": "entity_id",
  "[sortOrders][0][direction]": "ASC",
};

describe("searching a simulated Magento", () => {
  it("needs searchCriteria, even empty", async () => {
    const without = await client.get("/orders");
    expect([without.status, without.body]).toEqual([
      400,
      {
        message: '"%fieldName" is required. Enter and try again.',
        parameters: { fieldName: "searchCriteria" },
      },
    ]);
    const empty = await client.get("/orders?searchCriteria=");
    expect([empty.body.total_count, empty.body.items.length]).toEqual([40, 40]);
    expect(empty.body.search_criteria).toEqual({ filter_groups: [] });
  });

  it("joins groups by AND, and filters within one by OR", async () => {
    expect(
      await ids([
        [
          ["entity_id", "eq", 1],
          ["entity_id", "eq", 5],
        ],
      ]),
    ).toEqual([1, 5]);
    expect(
      await ids([
        ["entity_id", "gt", 3],
        ["entity_id", "lteq", 5],
      ]),
    ).toEqual([4, 5]);
  });

  it("knows every condition, and takes an unknown one for eq", async () => {
    expect(await ids([["entity_id", "in", "1,2,3"]])).toEqual([1, 2, 3]);
    expect(await count(["entity_id", "nin", "1,2,3"])).toBe(37);
    expect(await count(["entity_id", "neq", 1])).toBe(39);
    expect(await count(["entity_id", "moreq", 39])).toBe(2);
    expect(await count(["entity_id", "from", 10], ["entity_id", "to", 12])).toBe(3);
    expect(await count(["increment_id", "like", "00000104%"])).toBe(8);
    expect(await count(["increment_id", "nlike", "0000010%"])).toBe(
      40 - (await count(["increment_id", "like", "0000010%"])),
    );
    expect(await count(["customer_id", "null", ""])).toBe(
      40 - (await count(["customer_id", "notnull", ""])),
    );
    expect(await count(["store_id", "finset", 2])).toBe(await count(["store_id", "eq", 2]));
    expect(await ids([["entity_id", "zzz", 2]])).toEqual([2]);
    expect(await count(["customer_email", "eq", "ADA.Rivers@example.com"])).toBeGreaterThan(0);
    // What is null is neither equal nor unequal.
    expect(await count(["coupon_code", "neq", "NONE"])).toBe(
      await count(["coupon_code", "notnull", ""]),
    );
  });

  it("compares dates with a space, and happens to take ISO 8601", async () => {
    const { body } = await client.get("/orders/20");
    const at: string = body.created_at;
    expect(at).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    const expected = Array.from({ length: 21 }, (_, index) => index + 20);
    expect(await ids([["created_at", "gteq", at]])).toEqual(expected);
    expect(await ids([["created_at", "gteq", `${at.replace(" ", "T")}Z`]])).toEqual(expected);
    expect(await ids([["created_at", "gt", at]])).toEqual(expected.slice(1));
  });

  it("sorts up or down, and downwards where no direction was given", async () => {
    const by = (direction: object) =>
      ids([["entity_id", "lteq", 3]], { "[sortOrders][0][field]": "entity_id", ...direction });
    expect(await by({ "[sortOrders][0][direction]": "ASC" })).toEqual([1, 2, 3]);
    expect(await by({ "[sortOrders][0][direction]": "desc" })).toEqual([3, 2, 1]);
    expect(await by({})).toEqual([3, 2, 1]);
    const answer = await client.get(
      `/orders?${search([], { "[sortOrders][0][field]": "entity_id", "[sortOrders][0][direction]": "UP" })}`,
    );
    expect([answer.status, answer.body.parameters]).toEqual([400, ["ASC", "DESC"]]);
  });

  it("fails by an internal error on a field that is no column", async () => {
    const field = await client.get(`/orders?${search([["nope", "eq", 1]])}`);
    expect(field.status).toBe(500);
    expect(field.body.message).toMatch(/^Internal Error\..*Report ID: webapi-\w+$/);
    const sort = await client.get(`/orders?${search([], { "[sortOrders][0][field]": "items" })}`);
    expect(sort.status).toBe(500);
  });

  it("gives pages of any size, everything for none or 0, and nothing past the end", async () => {
    expect(await ids([], { "[pageSize]": 3, "[currentPage]": 2, ...ascending })).toEqual([4, 5, 6]);
    expect(await ids([], { "[pageSize]": 100_000 })).toHaveLength(40);
    expect(await ids([], { "[pageSize]": 0 })).toHaveLength(40);
    const query = search([], { "[pageSize]": 30, "[currentPage]": 50 });
    const past = await client.get(`/orders?${query}`);
    expect(past.body).toEqual({
      items: [],
      search_criteria: { filter_groups: [], page_size: 30, current_page: 50 },
      total_count: 40,
    });
    const narrowed = await client.get(`/orders?${query}&fields=items%5Bentity_id%5D,total_count`);
    expect(narrowed.body).toEqual({ items: null, total_count: 40 });
  });

  it("understands snake_case as well, and says again what it understood", async () => {
    const query =
      "searchCriteria[filter_groups][0][filters][0][field]=entity_id&searchCriteria[filter_groups][0][filters][0][value]=7&searchCriteria[page_size]=2";
    const { body } = await client.get(`/orders?${query}`);
    expect(body.items.map(({ entity_id }: { entity_id: number }) => entity_id)).toEqual([7]);
    expect(body.search_criteria).toEqual({
      filter_groups: [{ filters: [{ field: "entity_id", value: "7", condition_type: "eq" }] }],
      page_size: 2,
    });
  });

  it("leaves of an answer what fields asks for, and makes empty lists below it null", async () => {
    const query = search([["entity_id", "eq", 1]], {
      fields: "items[entity_id,items[sku,qty_ordered],payment[method]],total_count",
    });
    const { body } = await client.get(`/orders?${query}`);
    expect(Object.keys(body)).toEqual(["items", "total_count"]);
    expect(Object.keys(body.items[0])).toEqual(["entity_id", "items", "payment"]);
    for (const item of body.items[0].items)
      expect(Object.keys(item).sort()).toEqual(["qty_ordered", "sku"]);
    const { orderId } = await shop.acts.placeOrder({ paid: false });
    const bare = await client.get(`/orders/${orderId}?fields=status_histories%5Bcomment%5D`);
    expect(bare.body).toEqual({ status_histories: null });
    const whole = await client.get(`/orders/${orderId}?fields=status_histories`);
    expect(whole.body).toEqual({ status_histories: [] });
  });

  it("does not filter by the store of the URL", async () => {
    const fields = search([], { fields: "total_count" });
    for (const store of ["", "/all", "/default", "/eu"]) {
      const { body } = await client.get(`/rest${store}/V1/orders?${fields}`);
      expect(body.total_count).toBeGreaterThanOrEqual(40);
    }
    expect((await client.get(`/rest/nowhere/V1/orders?${fields}`)).status).toBe(404);
  });
});

describe("a simulated Magento of other settings", () => {
  it("gives the last page again and again where it is a 2.3", async () => {
    const old = await startMagento({ orders: 5, lastPageRepeats: true });
    const query = search([], {
      "[pageSize]": 2,
      "[currentPage]": 50,
      fields: "items[entity_id],total_count",
    });
    const { body } = await signedClient(old.settings).get(`/orders?${query}`);
    expect(body).toEqual({ items: [{ entity_id: 5 }], total_count: 5 });
    await old.stop();
  });

  it("bounds pages and lists where a merchant limits input", async () => {
    const limits = { maxPageSize: 3, defaultPageSize: 2, maxItems: 2 };
    const limited = await startMagento({ orders: 7, limits });
    const strict = signedClient(limited.settings);
    const silent = await strict.get(
      "/orders?searchCriteria=&fields=items%5Bentity_id%5D,search_criteria",
    );
    expect(silent.body).toEqual({
      items: [{ entity_id: 1 }, { entity_id: 2 }],
      search_criteria: { filter_groups: [], page_size: 2 },
    });
    const over = await strict.get("/orders?searchCriteria%5BpageSize%5D=4");
    expect([over.status, over.body]).toEqual([
      400,
      { message: "Maximum SearchCriteria pageSize is %max", parameters: { max: 3 } },
    ]);
    const item = { sku: "MUG-01", source_code: "default", quantity: 60, status: 1 };
    const items = await strict.post("/inventory/source-items", { sourceItems: [item, item, item] });
    expect([items.status, items.body]).toEqual([
      400,
      {
        message: 'Maximum items of type "%type" is %max',
        parameters: { type: "\\Magento\\InventoryApi\\Api\\Data\\SourceItemInterface", max: 2 },
      },
    ]);
    await limited.stop();
  });
});
