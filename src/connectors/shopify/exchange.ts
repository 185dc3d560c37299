import type { Attempt } from "./attempt.js";
import { variantsBySku } from "./operations-return.js";
import { refuse } from "./outcome.js";
import type { ReturnFragment, ReturnInput, ReturnProcessInput } from "./payload.js";
import type { RequestOf } from "./request.js";

/**
 * Finds the goods that a customer is to get instead in the shop's catalog, at their full price. Throws Refusal for a SKU
 * that is sold under no name, or under more than one.
 */
export async function findExchange(
  attempt: Attempt,
  wanted: RequestOf<"createReturn">["exchange"],
): Promise<Pick<ReturnInput, "exchangeLineItems">> {
  const variants = new Map<string, string>();
  for (const sku of new Set(wanted.map((line) => line.sku)))
    variants.set(sku, await variantOf(attempt, sku));
  const exchangeLineItems = wanted.map(({ sku, quantity }) => ({
    variantId: variants.get(sku) ?? null,
    quantity,
  }));
  return exchangeLineItems.length > 0 ? { exchangeLineItems } : {};
}

/** Compared here once more: a search ignores capitals, and all of a term that it cannot read. */
async function variantOf(attempt: Attempt, sku: string): Promise<string> {
  const query = `sku:"${sku.replace(/["\\]/g, "\\$&")}"`;
  const { productVariants } = await attempt.ask(variantsBySku, { query });
  const [found, ...others] = productVariants.nodes.filter((variant) => variant.sku === sku);
  if (!found)
    throw refuse(
      "NOT_FOUND",
      `the shop sells nothing with the SKU "${sku}"; name one of its catalog, written just as it is there`,
    );
  if (others.length > 0)
    throw refuse(
      "INVALID_INPUT",
      `the shop sells ${others.length + 1} things with the SKU "${sku}", and nobody can tell which is meant; give them SKUs of their own there`,
    );
  return found.id;
}

/** What is to be sent instead and has not gone yet: as it is processed, new work appears in the order. */
export function openExchange({
  exchangeLineItems,
}: ReturnFragment): Pick<ReturnProcessInput, "exchangeLineItems"> {
  const open = exchangeLineItems.nodes
    .filter(({ processableQuantity }) => processableQuantity > 0)
    .map(({ id, processableQuantity }) => ({ id, quantity: processableQuantity }));
  return open.length > 0 ? { exchangeLineItems: open } : {};
}
