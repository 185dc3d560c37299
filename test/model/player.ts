import { expect } from "vitest";
import type { ShopView, SimulatedShop } from "../../src/connectors/simulator/shop.js";
import { addFault, clearFaults } from "../connectors/bench.js";
import type { Action, Done, Hands, Seen } from "./hands.js";
import { brokenInvariants, Life } from "./life.js";
import { LOST, type What } from "./lost.js";
import { MOVES, type Move } from "./moves.js";

/** What cannot be asked of a platform although nothing of the order stands against it, in the words of its constraints. */
export interface Dialect {
  /** Whether pieces that went back into stock with a refund count as come back, so that no return can name them. */
  takesRestockedAsReturned: boolean;
  /** Whether a closed return keeps its pieces, since it can be opened again. */
  reopensReturns: boolean;
  /** Why this platform would refuse to cancel the order as it stands; null where it would not. */
  cancelObstacle(life: Life, seen: Seen, withMoney: boolean): string | null;
  restocks: boolean;
}

/** Plays moves at one order of one shop, and holds after each what is seen against what must be. */
export class Player {
  readonly #hands: Hands;
  readonly #shop: SimulatedShop;
  readonly #dialect: Dialect;
  readonly #calls: (what: What, order: string) => string;
  readonly #externalId: string;
  /** The shop's books before anything happened. */
  readonly #before: ShopView;
  #lost = false;
  readonly log: string[] = [];
  seen: Seen;
  readonly life: Life;

  constructor(
    parts: {
      hands: Hands;
      shop: SimulatedShop;
      dialect: Dialect;
      calls: (what: What, order: string) => string;
    },
    externalId: string,
    seen: Seen,
  ) {
    this.#hands = parts.hands;
    this.#shop = parts.shop;
    this.#dialect = parts.dialect;
    this.#calls = parts.calls;
    this.#externalId = externalId;
    this.seen = seen;
    this.life = new Life(seen);
    this.#before = parts.shop.view(externalId) ?? expect.fail("the shop lost the order");
  }

  async play({ what, choices }: Move): Promise<void> {
    this.log.push(`${what} ${choices.join()}`);
    await MOVES[what](this, choices);
    await this.#settle();
  }

  /** Waits until what is seen is what must be; what must always hold holds at once. */
  async #settle(): Promise<void> {
    let differences: string[] = [];
    for (const until = Date.now() + 30_000; Date.now() < until; ) {
      this.seen = await this.#hands.see(this.seen.id);
      expect(brokenInvariants(this.seen), this.#story()).toEqual([]);
      differences = this.life.differences(this.seen, this.#dialect);
      if (differences.length === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(differences, this.#story()).toEqual([]);
  }

  /** The shop's own books say the same. */
  async finish(): Promise<void> {
    await this.#shop.settled();
    await this.#settle();
    const view = this.#shop.view(this.#externalId) ?? expect.fail("the shop lost the order");
    const differences = this.life.differencesOfBooks(view, this.seen.lines.nodes, this.#before);
    expect(differences, this.#story()).toEqual([]);
  }

  #story(): string {
    return `${this.#shop.platform} order ${this.#externalId}: ${this.log.join(" → ")}`;
  }

  /** The next write of this kind gets no answer: it arrives all the same, late, or not at all. */
  async lose(what: What, how: keyof typeof LOST): Promise<void> {
    this.log.push(how);
    this.#lost = true;
    await addFault(this.#shop, { ...LOST[how], match: this.#calls(what, this.#externalId) });
  }

  /** Asks for a write: what is said to be possible must succeed, what is not must be refused, and nothing else happens. */
  async ask(
    action: Action | undefined,
    mutation: Parameters<Hands["write"]>[0],
    variables: Record<string, unknown>,
    then: (done: Done) => void,
  ): Promise<void> {
    const done = await this.#hands.write(mutation, variables);
    if (this.#lost) await clearFaults(this.#shop);
    this.#lost = false;
    this.log.push(`(${done.status ?? "refused"}${done.refusals.map((why) => ` ${why}`).join()})`);
    if (action?.enabled) {
      expect([done.status, done.refusals], this.#story()).toEqual(["SUCCEEDED", []]);
      then(done);
    } else {
      expect(done.status, `${this.#story()}: ${action?.reason}`).not.toBe("SUCCEEDED");
      expect(done.refusals.length, this.#story()).toBeGreaterThan(0);
    }
  }

  /** Takes over our ids of what the shop made by itself, once it is seen. */
  async learn(): Promise<void> {
    await this.#settle();
    const { life, seen } = this;
    const own = <Row extends { id: string }>(known: Row[], rows: { id: string }[]) => {
      const ids = new Set(known.map(({ id }) => id));
      const news = rows.filter(({ id }) => !ids.has(id));
      for (const row of known) if (row.id === "") row.id = news.shift()?.id ?? "";
    };
    own(life.shipments, seen.fulfillments);
    own(life.returns, seen.returns);
  }

  action(operation: string): Action | undefined {
    return this.seen.availableActions.find((each) => each.operation === operation);
  }
  get hands(): Hands {
    return this.#hands;
  }
  get shop(): SimulatedShop {
    return this.#shop;
  }
  get dialect(): Dialect {
    return this.#dialect;
  }
  get externalId(): string {
    return this.#externalId;
  }

  /** So many of each line, where there are any: chosen from what is left of each. */
  choose(left: (lineId: string) => number, [first, second]: readonly number[]) {
    const lines = this.seen.lines.nodes
      .map(({ id }, index) => {
        const most = left(id);
        const choice = (index === 0 ? first : second) ?? 0;
        return { lineId: id, quantity: most === 0 ? 0 : choice % (most + 1) };
      })
      .filter(({ quantity }) => quantity > 0);
    if (lines.length > 0) return lines;
    const some = this.seen.lines.nodes.find(({ id }) => left(id) > 0);
    return some ? [{ lineId: some.id, quantity: 1 }] : [];
  }
  isOutOfStock(pieces: { lineId: string; quantity: number }[]): boolean {
    const counts = new Map(this.seen.lines.nodes.map(({ id, quantities }) => [id, quantities]));
    return pieces.every(({ lineId, quantity }) => {
      const { ordered = 0, restocked = 0 } = counts.get(lineId) ?? {};
      return quantity <= ordered - restocked;
    });
  }
  returnable = (lineId: string): number =>
    this.seen.lines.nodes.find(({ id }) => id === lineId)?.quantities.returnable ?? 0;
  /** Something that cannot be done, to be refused. */
  get anyPiece() {
    return [{ lineId: this.seen.lines.nodes[0]?.id ?? "", quantity: 1 }];
  }
  skuOf(lineId: string): string {
    return this.seen.lines.nodes.find(({ id }) => id === lineId)?.sku ?? "";
  }
}
