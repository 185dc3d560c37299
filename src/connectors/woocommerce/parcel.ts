import type { PackageWish } from "../../domain/command.js";
import { InvalidInput } from "../../domain/errors.js";
import { byLine, type LineQuantity, lessQuantity } from "../../domain/quantity.js";

/** What becomes one fulfillment: its lines and at most one package, since there is room for one tracking number. */
export interface Parcel {
  lines: LineQuantity[];
  package: PackageWish | null;
}

/**
 * Shares lines among packages: a package takes the lines it names, the only one that names none takes what is
 * left, and lines in no package leave without tracking. Throws InvalidInput where that does not come out.
 */
export function parcelsOf(
  lines: readonly LineQuantity[],
  packages: readonly PackageWish[],
): Parcel[] {
  const left = byLine(lines);
  const silent = packages.filter((wish) => wish.lines.length === 0);
  if (silent.length > 1)
    throw new InvalidInput(
      `${silent.length} packages name no lines; WooCommerce keeps one tracking number a fulfillment, so name the lines of each package (one may take the rest)`,
      ["packages"],
    );
  const named = packages
    .filter((wish) => wish.lines.length > 0)
    .map((wish) => ({ lines: take(wish.lines, left), package: wish }));
  const rest = Array.from(left, ([lineId, quantity]) => ({ lineId, quantity })).filter(
    ({ quantity }) => quantity > 0,
  );
  const [taker] = silent;
  if (taker && rest.length === 0)
    throw new InvalidInput("a package is empty: the others already take every line", ["packages"]);
  return rest.length > 0 ? [...named, { lines: rest, package: taker ?? null }] : named;
}

function take(wanted: readonly LineQuantity[], left: Map<string, number>): LineQuantity[] {
  return Array.from(byLine(wanted), ([lineId, quantity]) => {
    const available = left.get(lineId) ?? 0;
    if (quantity > available)
      throw new InvalidInput(
        `packages hold more of line ${lineId} than is shipped (${quantity} of ${available})`,
        ["packages"],
      );
    left.set(lineId, lessQuantity(available, quantity));
    return { lineId, quantity };
  });
}
