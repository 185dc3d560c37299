import type {
  OrderAddressUpdate,
  OrderCancel,
  OrderNoteAdd,
  OrderTagsUpdate,
  Step,
} from "../../domain/command.js";
import { GatewayError, InvalidInput } from "../../domain/errors.js";
import type { Address, Order } from "../../domain/order.js";
import { present } from "../../domain/part.js";
import { wordsOf } from "./plan-refund.js";
import { count, step } from "./plan-step.js";
import type { RequestOf } from "./request.js";
import { cancelReasonOf } from "./status.js";

/** The whole order and its money in one call. Throws GatewayError where Shopify would refuse it. */
export function planCancel(command: OrderCancel, order: Order): Step {
  checkCancelable(order);
  const { refund, restock, notifyCustomer } = command;
  const stock = restock ? "restock" : "do not restock";
  const { summary: money, ...told } = refund
    ? wordsOf(refund, order, false)
    : { summary: "refund nothing" };
  return {
    ...step(
      "ORDER_CANCEL",
      `cancel the whole order for good, ${money}, ${stock}; this cannot be undone`,
      {
        act: "cancelOrder",
        reason: cancelReasonOf(command.reason),
        restock,
        refund: refund !== null,
        notifyCustomer,
      },
    ),
    ...told,
    money: refund !== null,
    creates: refund && { noun: "Refund", ...refund },
  };
}

/** Shopify cancels only what nothing has left of (its criteria for orderCancel). */
function checkCancelable(order: Order): void {
  const { number, canceledAt } = order.head;
  if (canceledAt) throw new GatewayError("ALREADY_IN_STATE", `order ${number} is canceled already`);
  const left = present(order.fulfillments).filter(
    ({ status }) => status === "SUCCESS" || status === "OPEN" || status === "PENDING",
  );
  if (left.length > 0)
    throw new GatewayError(
      "ALREADY_IN_STATE",
      `order ${number} has ${count(left.length, "shipment")}, and Shopify cancels only orders of which nothing has left; cancel the shipments first, or refund what is to go back`,
    );
  if (present(order.transactions).some(isPendingAuthorization))
    throw new GatewayError(
      "ALREADY_IN_STATE",
      `the payment of order ${number} is still being authorised, and Shopify cancels no such order; try again when it is decided`,
    );
}

function isPendingAuthorization({ kind, status }: Order["transactions"][number]): boolean {
  return kind === "AUTHORIZATION" && status === "PENDING";
}

export function planNote({ text }: OrderNoteAdd): Step {
  return step("ORDER_NOTE_ADD", "add a line to the order's note for the shop's staff", {
    act: "addNote",
    text: text.trim(),
  });
}

/** Adding and removing are calls of their own, so that each is done or not done. */
export function planTags({ add, remove }: OrderTagsUpdate): Step[] {
  const change = (how: RequestOf<"changeTags">["how"], tags: string[]) =>
    tags.length === 0
      ? []
      : [
          step(
            "ORDER_TAGS_UPDATE",
            `${how} ${count(tags.length, "tag")}`,
            { act: "changeTags", how, tags },
            "NATURAL",
          ),
        ];
  return [...change("remove", remove), ...change("add", add)];
}

export function planAddress({ shippingAddress }: OrderAddressUpdate): Step {
  const address = addressOf(shippingAddress);
  return step(
    "ORDER_ADDRESS_UPDATE",
    "set the shipping address",
    { act: "changeAddress", address },
    "NATURAL",
  );
}

/** Shopify wants names in two parts, and countries and regions by their codes. */
function addressOf(address: Address): RequestOf<"changeAddress">["address"] {
  if (address.region && !address.regionCode)
    throw new InvalidInput(
      "Shopify takes regions by their codes (ON for Ontario); give regionCode, or leave the region out",
      ["shippingAddress", "regionCode"],
    );
  const names = address.name?.trim().split(/\s+/) ?? [];
  const lastName = names.pop() ?? null;
  return {
    firstName: names.join(" ") || null,
    lastName,
    company: address.company,
    address1: address.line1,
    address2: address.line2,
    city: address.city,
    provinceCode: address.regionCode,
    zip: address.postalCode,
    countryCode: address.country,
    phone: address.phone,
  };
}
