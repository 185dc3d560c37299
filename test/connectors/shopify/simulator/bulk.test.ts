import { describe, expect, it } from "vitest";
import { openShop } from "./ask.js";

const run = /* GraphQL */ `
  mutation Run($query: String!, $groupObjects: Boolean! = true) {
    bulkOperationRunQuery(query: $query, groupObjects: $groupObjects) {
      bulkOperation { id status }
      userErrors { field message code }
    }
  }
`;
const state = /* GraphQL */ `
  query State($id: ID!) {
    bulkOperation(id: $id) {
      status errorCode objectCount rootObjectCount fileSize url partialDataUrl completedAt
    }
  }
`;
const orders =
  "{ orders { edges { node { __typename id lineItems { edges { node { __typename id } } } } } } }";

/** A shop with some orders, and what an export of them comes to. */
async function openExporting(scopes?: string[]) {
  const opened = await openShop({ orders: 9, ...(scopes && { scopes }) });
  const start = async (query: string, groupObjects = true) =>
    (await opened.ask(run, { query, groupObjects })).bulkOperationRunQuery;
  const look = async (id: string) => (await opened.ask(state, { id })).bulkOperation;
  const exported = async (query: string, groupObjects = true) => {
    const { bulkOperation } = await start(query, groupObjects);
    await opened.shop.bulk.settled();
    const ended = await look(bulkOperation.id);
    const text = ended.url ? await (await fetch(ended.url)).text() : "";
    const rows = text
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line));
    return { ended, rows, roots: rows.filter((row) => !("__parentId" in row)) };
  };
  return { ...opened, start, look, exported };
}

describe("an export", () => {
  it("is made, runs and ends, and lies in a file of lines at another path", async () => {
    const { start, look, shop } = await openExporting();
    const { bulkOperation, userErrors } = await start(orders);
    expect(userErrors).toEqual([]);
    expect(bulkOperation.status).toBe("CREATED");
    await shop.bulk.settled();
    const ended = await look(bulkOperation.id);
    expect(ended).toMatchObject({
      status: "COMPLETED",
      rootObjectCount: "9",
      partialDataUrl: null,
    });
    expect(Number(ended.fileSize)).toBeGreaterThan(0);
    expect(new URL(ended.url).pathname).not.toContain("/admin/");
  });

  it("tells what belongs to an order in lines of its own, grouped behind it only where that is asked", async () => {
    const { exported } = await openExporting();
    const grouped = await exported(orders);
    let parent = "";
    for (const row of grouped.rows) {
      if (!row.__parentId) parent = row.id;
      else expect(row.__parentId).toBe(parent);
    }
    const loose = await exported(orders, false);
    const ids = (rows: { id: string }[]) => rows.map(({ id }) => id).sort();
    expect(ids(loose.rows)).toEqual(ids(grouped.rows));
    expect(loose.rows.map(({ id }) => id)).not.toEqual(grouped.rows.map(({ id }) => id));
  });

  it("of nothing has no file", async () => {
    const { exported } = await openExporting();
    const { ended } = await exported(
      orders.replace("orders", `orders(query: "created_at:<2001-01-01")`),
    );
    expect(ended).toMatchObject({ status: "COMPLETED", objectCount: "0", url: null });
  });

  it("that sorts by the time of change loses records, as was seen", async () => {
    const { exported } = await openExporting();
    const { roots } = await exported(orders.replace("orders", "orders(sortKey: UPDATED_AT)"));
    expect(roots.length).toBeLessThan(9);
  });

  it("of what the app may not see fails as denied", async () => {
    const { exported } = await openExporting(["read_orders", "read_all_orders"]);
    const { ended } = await exported("{ orders { edges { node { id customer { id } } } } }");
    expect(ended).toMatchObject({ status: "FAILED", errorCode: "ACCESS_DENIED", url: null });
  });

  it.each([
    ["without a connection", "{ shop { name } }", "at least one connection"],
    ["of a node", `{ node(id: "gid://shopify/Order/1") { id } }`, "`node` or `nodes`"],
    [
      "of two things",
      "{ shop { name } orders { edges { node { id } } } }",
      "single top level field",
    ],
    [
      "with a connection inside a list",
      "{ orders { edges { node { id fulfillments { id fulfillmentLineItems { edges { node { id } } } } } } } }",
      "connection field within a list field",
    ],
    [
      "with six connections",
      `{ orders { edges { node { id
        lineItems { edges { node { id } } } shippingLines { edges { node { id } } }
        returns { edges { node { id } } } discountApplications { edges { node { index } } }
        fulfillmentOrders { edges { node { id } } } } } } }`,
      "more than 5 connections",
    ],
    [
      "whose nodes with connections tell no id",
      "{ orders { edges { node { name lineItems { edges { node { id } } } } } } }",
      "must select the 'id' field",
    ],
    ["that is none", "{ orders { edges { node { colour } } } }", "Invalid bulk query"],
  ])("%s is refused in words", async (_name, query, words) => {
    const { start } = await openExporting();
    const { bulkOperation, userErrors } = await start(query);
    expect(bulkOperation).toBeNull();
    expect(userErrors).toMatchObject([
      { code: "INVALID", message: expect.stringContaining(words) },
    ]);
  });

  it("is one of five at most", async () => {
    const { start, shop } = await openExporting();
    shop.bulk.occupy(5);
    expect((await start(orders)).userErrors).toMatchObject([{ code: "OPERATION_IN_PROGRESS" }]);
    shop.bulk.occupy(0);
    expect((await start(orders)).userErrors).toEqual([]);
  });

  it("costs no points beyond its own asking", async () => {
    const { answer } = await openExporting();
    const { extensions } = await answer(run, { query: orders });
    expect(extensions.cost.requestedQueryCost).toBeLessThan(20);
  });

  it("can be canceled while it runs, and its file is at nobody's hand without the signed address", async () => {
    const { start, look, shop, ask, exported } = await openExporting();
    const { bulkOperation } = await start(orders);
    const cancel = `mutation ($id: ID!) { bulkOperationCancel(id: $id) { bulkOperation { status } userErrors { message } } }`;
    const { bulkOperationCancel } = await ask(cancel, { id: bulkOperation.id });
    expect(bulkOperationCancel.bulkOperation.status).toBe("CANCELING");
    await shop.bulk.settled();
    expect((await look(bulkOperation.id)).status).toBe("CANCELED");

    const { ended } = await exported(orders);
    const unsigned = new URL(ended.url);
    unsigned.search = "";
    expect((await fetch(unsigned)).status).toBe(400);
    const telling = await fetch(ended.url, { headers: { "x-shopify-access-token": "shpat_x" } });
    expect(telling.status).toBe(400);
    shop.bulk.expireFiles();
    expect((await fetch(ended.url)).status).toBe(400);
  });
});
