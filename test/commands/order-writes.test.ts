import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Address } from "../../src/domain/address.js";
import { Bench } from "./bench.js";
import { refused, unknown } from "./scripted-shop.js";

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.open();
});
afterAll(() => bench?.close());
beforeEach(() => bench.place());

const note = (text: string, pushToChannel = false) =>
  bench.submit({ type: "ORDER_NOTE_ADD", orderId: bench.orderId, text, pushToChannel });
const tag = (add: string[], remove: string[] = []) =>
  bench.submit({ type: "ORDER_TAGS_UPDATE", orderId: bench.orderId, add, remove });
const sentKinds = () => bench.shop.sent.map((call) => call.step.kind);
const inDoubt = () => {
  bench.shop.blind = true;
  bench.shop.answers.push((_call, done) => {
    done();
    return unknown();
  });
};

describe("a note", () => {
  it("stays here, by whom it is, unless it is to be pushed", async () => {
    const { errors, command } = await note("  call before delivery ");
    expect(errors).toEqual([]);
    expect(await bench.status(command)).toBe("SUCCEEDED");
    expect(bench.shop.sent).toEqual([]);
    await bench.poll();
    expect((await bench.document()).notes).toMatchObject([
      { text: "call before delivery", author: "warehouse", kept: "HERE", customerVisible: false },
    ]);
    const told = (await bench.events()).filter((event) => event.type === "ORDER_NOTE_ADDED");
    expect(told).toMatchObject([{ causedBy: command }]);
  });

  it("that is pushed is there once, whether or not the shop shows it", async () => {
    bench.shop.answers.push(() => ({
      kind: "done",
      snapshot: null,
      nativeId: null,
      httpStatus: 201,
    }));
    await note("ring twice", true);
    expect((await bench.document()).notes).toMatchObject([{ text: "ring twice", kept: "PUSHED" }]);
    await note("leave at the door", true);
    await bench.poll();
    const texts = (await bench.document()).notes.map(({ text }) => text);
    expect(texts.sort()).toEqual(["leave at the door", "ring twice"]);
    expect(sentKinds()).toEqual(["ORDER_NOTE_ADD", "ORDER_NOTE_ADD"]);
  });

  it("in doubt ends when the shop shows it, and one that failed is not kept", async () => {
    inDoubt();
    const { command } = await note("ring twice", true);
    expect(await bench.status(command)).toBe("NEEDS_ATTENTION");
    await bench.poll();
    expect(await bench.status(command)).toBe("SUCCEEDED");
    bench.shop.answers.push(() => refused(false));
    await note("leave at the door", true);
    expect((await bench.document()).notes.map(({ text }) => text)).toEqual(["ring twice"]);
  });

  it("is neither empty nor endless, and goes to no shop that takes none", async () => {
    expect((await note(" ")).errors).toMatchObject([{ code: "INVALID_INPUT", path: ["text"] }]);
    expect((await note("x".repeat(5_001))).errors).toMatchObject([{ code: "INVALID_INPUT" }]);
    bench.shop.supports("ORDER_NOTE", "NONE");
    expect((await note("hello", true)).errors).toMatchObject([
      { kind: "CapabilityError", operation: "ORDER_NOTE" },
    ]);
    expect((await note("hello")).errors).toEqual([]);
  });

  it("can be kept of an order that its shop deleted, and pushed no more", async () => {
    await bench.poll({ ref: { nativeId: bench.nativeId }, deletedAt: new Date().toISOString() });
    expect((await note("gone", true)).errors).toMatchObject([{ code: "ALREADY_IN_STATE" }]);
    expect((await note("gone")).errors).toEqual([]);
    expect((await tag(["late"])).errors).toMatchObject([{ code: "ALREADY_IN_STATE", path: null }]);
  });
});

describe("tags", () => {
  it("are the shop's where it has tags, and each is named once", async () => {
    expect((await tag([" vip ", "vip", "late"])).errors).toEqual([]);
    expect((await bench.document()).tags).toEqual(["vip", "late"]);
    expect(bench.shop.head.tags).toEqual(["vip", "late"]);
    inDoubt();
    const { command } = await tag(["Fragile"]);
    expect(await bench.status(command)).toBe("NEEDS_ATTENTION");
    await bench.poll();
    expect(await bench.status(command)).toBe("SUCCEEDED");
  });

  it("are kept here where it has none, and stay when the shop is read again", async () => {
    bench.shop.supports("ORDER_TAG", "EMULATED");
    await tag(["vip", "late"]);
    await tag(["fragile"], ["late"]);
    await bench.poll();
    expect((await bench.document()).tags).toEqual(["vip", "fragile"]);
    expect(bench.shop.sent).toEqual([]);
  });

  it("that cannot be meant are refused by name", async () => {
    const errors = async (...args: Parameters<typeof tag>) =>
      (await tag(...args)).errors.map(({ path }) => path?.join("."));
    expect(await errors([])).toEqual(["add"]);
    expect(await errors(["ok", " "], ["x".repeat(256)])).toEqual(["add.1", "remove.0"]);
    expect(await errors(["a"], ["a "])).toEqual(["remove"]);
  });
});

describe("a shipping address", () => {
  const nowhere: Address = {
    name: "Ada Lovelace",
    company: null,
    line1: null,
    line2: null,
    city: null,
    region: null,
    regionCode: null,
    postalCode: null,
    country: null,
    phone: null,
  };
  const home = { ...nowhere, line1: "12 St James's Square", city: "London", country: "GB" };
  const move = (shippingAddress: Address) =>
    bench.submit({ type: "ORDER_ADDRESS_UPDATE", orderId: bench.orderId, shippingAddress });

  it("is the shop's to change, and in doubt until the shop shows it", async () => {
    expect((await move(home)).errors).toEqual([]);
    expect((await bench.document()).shippingAddress).toEqual(home);
    inDoubt();
    const { command } = await move({ ...home, line1: "1 Other Street" });
    expect(await bench.status(command)).toBe("NEEDS_ATTENTION");
    bench.shop.head.shippingAddress = home;
    await bench.poll();
    expect(await bench.status(command)).toBe("NEEDS_ATTENTION");
    bench.shop.head.shippingAddress = { ...home, line1: "1 OTHER STREET", postalCode: "SW1" };
    await bench.poll();
    expect(await bench.status(command)).toBe("SUCCEEDED");
  });

  it("names a place, and is changed of no order that is canceled", async () => {
    expect((await move(nowhere)).errors).toMatchObject([
      { code: "INVALID_INPUT", path: ["shippingAddress"] },
    ]);
    bench.shop.head.canceledAt = new Date().toISOString();
    await bench.poll();
    expect((await move(home)).errors).toMatchObject([{ code: "ALREADY_IN_STATE" }]);
  });
});
