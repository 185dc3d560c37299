import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  carriers,
  goodOf,
  goods,
  people,
  priceIn,
} from "../../../src/connectors/simulator/catalog.js";
import { startLife } from "../../../src/connectors/simulator/life.js";
import { fromMinor, share, toMinor } from "../../../src/connectors/simulator/money.js";
import { seededRandom } from "../../../src/connectors/simulator/random.js";
import { openState } from "../../../src/connectors/simulator/state.js";

describe("random choices of a simulated shop", () => {
  it("are the same for the same seed and others for another", () => {
    const draw = (seed: number) => {
      const random = seededRandom(seed);
      return [random.integer(1, 1e9), random.text(12), random.pick(goods).sku, random.fraction()];
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it("follow their weights", () => {
    const random = seededRandom(1);
    const options = [
      { name: "never", weight: 0 },
      { name: "seldom", weight: 1 },
      { name: "often", weight: 9 },
    ];
    const seen = Array.from({ length: 1_000 }, () => random.weighted(options).name);
    const often = seen.filter((name) => name === "often").length;
    expect(seen).not.toContain("never");
    expect(often).toBeGreaterThan(850);
    expect(often).toBeLessThan(950);
  });
});

describe("money in minor units", () => {
  it("goes from text to whole numbers and back", () => {
    for (const [amount, decimals] of [
      ["12.50", 2],
      ["-0.05", 2],
      ["1500", 0],
      ["0.305", 3],
    ] as const) {
      expect(fromMinor(toMinor(amount, decimals), decimals)).toBe(amount);
    }
    expect(() => toMinor("1.005")).toThrow('"1.005"');
    expect(() => toMinor("1e3")).toThrow('"1e3"');
  });

  it("shares with half away from zero", () => {
    expect([share(5, 1, 2), share(-5, 1, 2), share(100, 1, 3), share(0, 1, 3)]).toEqual([
      3, -3, 33, 0,
    ]);
  });
});

describe("what the simulated shops sell", () => {
  it("has each SKU once, the four common ones and a price in every currency's own decimals", () => {
    expect(new Set(goods.map(({ sku }) => sku)).size).toBe(20);
    expect(priceIn("USD", goodOf("MUG-01"))).toBe("14.00");
    expect(priceIn("JPY", goodOf("TEE-M"))).toBe("3750");
    expect(priceIn("KWD", goodOf("POSTER-A2"))).toBe("5.643");
    expect(goodOf("EBOOK-1").digital).toBe(true);
    expect(() => goodOf("MUG-02")).toThrow('"MUG-02"');
  });

  it("is bought by made-up people and shipped with plausible numbers", () => {
    for (const { email } of people) expect(email).toMatch(/@example\.(com|org)$/);
    const random = seededRandom(1);
    for (const carrier of carriers) {
      const number = carrier.number(random);
      expect(number.length).toBeGreaterThan(9);
      expect(carrier.trackingUrl(number)).toContain(number);
    }
  });
});

describe("life in a simulated shop", () => {
  it("goes on after an act that failed, and ends when stopped", async () => {
    const seen: string[] = [];
    await new Promise<void>((enough) => {
      const life = startLife({
        everyMs: 1,
        random: seededRandom(3),
        log: (message) => seen.push(message),
        acts: [
          { name: "order", weight: 1, run: async () => {} },
          { name: "refund", weight: 1, run: async () => Promise.reject(new Error("nothing paid")) },
          { name: "end", weight: 0.2, run: async () => void life.stop().then(enough) },
        ],
      });
    });
    const lived = seen.length;
    expect(seen).toContain("life: refund came to nothing: nothing paid");
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(seen.length).toBe(lived);
  });
});

describe("the state file of a simulated shop", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "shop-state-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("brings back what was saved, is readable by its owner only and leaves nothing beside", async () => {
    const file = join(folder, "shop.json");
    const first = await openState({ file, initial: () => ({ orders: [1] }) });
    expect(first.fresh).toBe(true);
    first.data.orders.push(2);
    first.changed();
    await first.save();
    const again = await openState({ file, initial: () => ({ orders: [0] }) });
    expect([again.fresh, again.data]).toEqual([false, { orders: [1, 2] }]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(["shop.json"]);
  });

  it("writes nothing when nothing changed", async () => {
    const file = join(folder, "same.json");
    await (await openState({ file, initial: () => ({}) })).save();
    await writeFile(file, '{"touched":true}');
    await (await openState({ file, initial: () => ({}) })).save();
    expect(await readFile(file, "utf8")).toBe('{"touched":true}');
  });

  it("names a corrupt file and what to do about it", async () => {
    const file = join(folder, "corrupt.json");
    await writeFile(file, '{"orders":[');
    const opened = openState({ file, initial: () => ({}) });
    await expect(opened).rejects.toThrow(`${file} is no readable shop state; delete it`);
  });

  it("says where it cannot write", async () => {
    const file = join(folder, "missing", "shop.json");
    const state = await openState({ file, initial: () => ({}) });
    await expect(state.save()).rejects.toThrow(`cannot write the shop's state to ${file}`);
  });
});
