import type { UserErrorData } from "../face.js";
import { pathOf } from "../path.js";
import { basic } from "../refusal.js";
import type { OrderWish } from "../wish.js";
import { refundOfAll } from "./refund.js";
import { type Base, type Checked, refuse, type Scene } from "./scene.js";
import { checkText } from "./text.js";

type Wanted<T extends OrderWish["type"]> = Extract<OrderWish, { type: T }>;

/** Checks what is asked of an order as a whole. */
export function checkOrder(wish: OrderWish, scene: Scene, base: Base): Checked {
  switch (wish.type) {
    case "ORDER_CANCEL":
      return checkCancel(wish, scene, base);
    case "ORDER_NOTE_ADD":
      return checkNote(wish, scene, base);
    case "ORDER_TAGS_UPDATE":
      return checkTags(wish, base);
    case "ORDER_ADDRESS_UPDATE":
      return checkAddress(wish, scene, base);
    case "ORDER_REFRESH":
      return { command: { ...base, ...wish }, needs: ["ORDER_READ"] };
  }
}

/** Whole orders only: what else is asked for is refused, never done in part. */
function checkCancel(
  { lines, refund, ...wish }: Wanted<"ORDER_CANCEL">,
  scene: Scene,
  base: Base,
): Checked {
  const { order, document } = scene;
  if (lines)
    return {
      errors: [
        {
          kind: "CapabilityError",
          code: "CAPABILITY_NOT_SUPPORTED",
          message: "no platform here can cancel single lines; cancel the whole order without it",
          path: pathOf(wish, "lines"),
          operation: "ORDER_CANCEL",
          channelId: order.channelId,
          alternatives: [],
        },
      ],
    };
  if (document.state === "CANCELED")
    return refuse(
      "ALREADY_IN_STATE",
      `order ${order.id} is canceled already`,
      pathOf(wish, "orderId"),
    );
  const errors = checkText("a reason", wish.reason, pathOf(wish, "reason"));
  if (errors.length > 0) return { errors };
  const cancel = { ...base, ...wish };
  if (!refund) return { command: { ...cancel, refund: null }, needs: ["ORDER_CANCEL"] };
  const all = refundOfAll(wish, scene);
  if ("errors" in all) return all;
  return {
    command: { ...cancel, refund: all.refund },
    needs: all.refund ? ["ORDER_CANCEL", "REFUND_LINES"] : ["ORDER_CANCEL"],
  };
}

function checkNote(wish: Wanted<"ORDER_NOTE_ADD">, { order }: Scene, base: Base): Checked {
  const errors = checkText("a note", wish.text, pathOf(wish, "text"));
  if (wish.pushToChannel && order.deletedAt)
    errors.push(
      basic(
        "ALREADY_IN_STATE",
        `order ${order.id} was deleted in its shop; keep the note here with pushToChannel: false`,
        pathOf(wish, "pushToChannel"),
      ),
    );
  if (errors.length > 0) return { errors };
  return {
    command: { ...base, ...wish, text: wish.text.trim() },
    needs: wish.pushToChannel ? ["ORDER_NOTE"] : [],
  };
}

function checkTags(wish: Wanted<"ORDER_TAGS_UPDATE">, base: Base): Checked {
  const errors = (["add", "remove"] as const).flatMap((field) =>
    wish[field].flatMap((tag, index) =>
      checkText("a tag", tag, pathOf(wish, field, index), "word"),
    ),
  );
  const [add, remove] = [trimmed(wish.add), trimmed(wish.remove)];
  if (add.length + remove.length === 0)
    errors.push(basic("INVALID_INPUT", "name at least one tag to add or to remove", ["add"]));
  for (const tag of add)
    if (remove.includes(tag))
      errors.push(
        basic("INVALID_INPUT", `tag "${tag}" is to be added and removed; say which`, ["remove"]),
      );
  if (errors.length > 0) return { errors };
  return { command: { ...base, ...wish, add, remove }, needs: ["ORDER_TAG"] };
}

function trimmed(tags: readonly string[]): string[] {
  return [...new Set(tags.map((tag) => tag.trim()))];
}

function checkAddress(
  wish: Wanted<"ORDER_ADDRESS_UPDATE">,
  { document }: Scene,
  base: Base,
): Checked {
  const errors: UserErrorData[] = [];
  const path = pathOf(wish, "shippingAddress");
  if (document.state === "CANCELED")
    errors.push(
      basic("ALREADY_IN_STATE", `order ${document.id} is canceled; nothing of it is sent`, null),
    );
  const { phone: _p, name: _n, company: _c, ...place } = wish.shippingAddress;
  if (Object.values(place).every((field) => !field?.trim()))
    errors.push(
      basic("INVALID_INPUT", "the address names no place; give it whole, as it is to be", path),
    );
  if (errors.length > 0) return { errors };
  return { command: { ...base, ...wish }, needs: ["ORDER_ADDRESS_UPDATE"] };
}
