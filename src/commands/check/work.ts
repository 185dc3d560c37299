import type { DocumentFulfillmentOrder } from "../../domain/document.js";
import { byLine, type LineQuantity } from "../../domain/quantity.js";
import { isPlacedHere, WORK_ENDS } from "../../domain/work.js";
import type { UserErrorData } from "../face.js";
import { pathOf } from "../path.js";
import { basic } from "../refusal.js";
import type { WorkWish } from "../wish.js";
import { checkQuantities, type TooMany } from "./quantity.js";
import { type Base, type Checked, type Refused, refuse, type Scene } from "./scene.js";
import { checkText, textOrNull } from "./text.js";

type Wanted<T extends WorkWish["type"]> = Extract<WorkWish, { type: T }>;

/** Checks what is asked of work that is still to be done. */
export function checkWork(wish: WorkWish, scene: Scene, base: Base): Checked {
  const work = scene.document.fulfillmentOrders.find(({ id }) => id === wish.fulfillmentOrderId);
  if (!work)
    return refuse(
      "NOT_FOUND",
      `fulfillment order ${wish.fulfillmentOrderId} is no longer part of order ${base.orderId}`,
      ["id"],
    );
  switch (wish.type) {
    case "FULFILLMENT_ORDER_HOLD":
      return checkHold(wish, work, base);
    case "FULFILLMENT_ORDER_RELEASE":
      return checkRelease(wish, work, base);
    case "FULFILLMENT_ORDER_MOVE":
      return checkMove(wish, work, scene, base);
  }
}

/** Several holds may stand beside each other, each until it is released. */
function checkHold(
  wish: Wanted<"FULFILLMENT_ORDER_HOLD">,
  work: DocumentFulfillmentOrder,
  base: Base,
): Checked {
  const over = whyOver(work);
  if (over) return over;
  const note = textOrNull(wish.note);
  const errors = note === null ? [] : checkText("a note", note, pathOf(wish, "note"));
  if (errors.length > 0) return { errors };
  return { command: { ...base, ...wish, note }, needs: ["FULFILLMENT_ORDER_HOLD"] };
}

function whyOver({ id, status }: DocumentFulfillmentOrder): Refused | null {
  if (!WORK_ENDS.has(status)) return null;
  return refuse("ALREADY_IN_STATE", `fulfillment order ${id} is ${status}; nothing is left of it`, [
    "id",
  ]);
}

/** What others hold back is theirs to release, unless somebody names it. */
function checkRelease(
  wish: Wanted<"FULFILLMENT_ORDER_RELEASE">,
  work: DocumentFulfillmentOrder,
  base: Base,
): Checked {
  const errors = (wish.holdIds ?? []).flatMap((holdId, index) =>
    work.holds.some(({ id }) => id === holdId)
      ? []
      : [notHeld(holdId, work, pathOf(wish, "holdIds", index))],
  );
  if (wish.holdIds?.length === 0)
    errors.push(
      basic(
        "INVALID_INPUT",
        "holdIds is empty; name at least one, or omit it to release the holds that this gateway placed",
        pathOf(wish, "holdIds"),
      ),
    );
  if (errors.length > 0) return { errors };
  const named = new Set(wish.holdIds ?? work.holds.filter(isPlacedHere).map(({ id }) => id));
  const holdIds = work.holds.flatMap(({ id }) => (named.has(id) ? id : []));
  if (holdIds.length > 0)
    return { command: { ...base, ...wish, holdIds }, needs: ["FULFILLMENT_ORDER_HOLD"] };
  const others = work.holds.map(({ id }) => id);
  return others.length === 0
    ? refuse("ALREADY_IN_STATE", `nothing holds fulfillment order ${work.id} back`, ["id"])
    : refuse(
        "INVALID_INPUT",
        `others placed what holds fulfillment order ${work.id} back; name what is to be released: ${others.join(", ")}`,
        pathOf(wish, "holdIds"),
      );
}

function notHeld(holdId: string, { id }: DocumentFulfillmentOrder, path: string[]): UserErrorData {
  return basic("NOT_FOUND", `hold ${holdId} does not hold fulfillment order ${id} back`, path);
}

function checkMove(
  wish: Wanted<"FULFILLMENT_ORDER_MOVE">,
  work: DocumentFulfillmentOrder,
  { locations }: Scene,
  base: Base,
): Checked {
  const over = whyOver(work);
  if (over) return over;
  const place = locations.get(wish.locationId);
  if (place === undefined)
    return refuse(
      "NOT_FOUND",
      `location ${wish.locationId} does not exist at this channel`,
      pathOf(wish, "locationId"),
    );
  if (place === work.locationId)
    return refuse(
      "ALREADY_IN_STATE",
      `fulfillment order ${work.id} is to leave from location ${wish.locationId} already`,
      pathOf(wish, "locationId"),
    );
  const errors = wish.lines ? checkLines(wish.lines, work, pathOf(wish, "lines")) : [];
  if (errors.length > 0) return { errors };
  const lines = wish.lines && partOf(wish.lines, work);
  return {
    command: { ...base, ...wish, locationId: place, lines },
    needs: lines
      ? ["FULFILLMENT_ORDER_MOVE", "FULFILLMENT_ORDER_SPLIT"]
      : ["FULFILLMENT_ORDER_MOVE"],
  };
}

function checkLines(
  lines: readonly LineQuantity[],
  work: DocumentFulfillmentOrder,
  path: string[],
): UserErrorData[] {
  if (lines.length === 0)
    return [
      basic(
        "INVALID_INPUT",
        "lines is empty; name at least one, or omit it to move what is left",
        path,
      ),
    ];
  const owner = `fulfillment order ${work.id}`;
  const tooMany = (lineId: string, requested: number, left: number): TooMany => ({
    code: "QUANTITY_EXCEEDS_FULFILLABLE",
    message: `${requested} of line ${lineId} were asked for, ${left} are left of it in ${owner}`,
  });
  return checkQuantities(lines, { available: leftOf(work), owner, tooMany }, path);
}

/** The lines that are a part of what is left; null where they are all of it. */
function partOf(
  lines: readonly LineQuantity[],
  work: DocumentFulfillmentOrder,
): LineQuantity[] | null {
  const sums = byLine(lines);
  const left = [...leftOf(work)].filter(([, quantity]) => quantity > 0);
  return left.every(([lineId, quantity]) => sums.get(lineId) === quantity)
    ? null
    : [...sums].map(([lineId, quantity]) => ({ lineId, quantity }));
}

/** How much is left to do of each line of work. */
export function leftOf({ lines }: DocumentFulfillmentOrder): Map<string, number> {
  return byLine(lines.map(({ lineId, remaining }) => ({ lineId, quantity: remaining })));
}
