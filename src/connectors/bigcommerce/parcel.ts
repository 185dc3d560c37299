import type { PackageWish } from "../../domain/command.js";
import { InvalidInput } from "../../domain/errors.js";
import { byLine, type LineQuantity, lessQuantity } from "../../domain/quantity.js";

/** What becomes one shipment: lines that go to one address, and at most one package, as there is room for one tracking number. */
export interface Parcel {
  addressId: string;
  lines: LineQuantity[];
  package: PackageWish | null;
}

/**
 * Shares lines among packages, then among addresses: a package takes the lines it names, the only one that names none
 * takes what is left, and lines in no package leave without tracking, one shipment an address. Throws InvalidInput where
 * that does not come out, as for a package that would go to two addresses.
 */
export function parcelsOf(
  lines: readonly LineQuantity[],
  packages: readonly PackageWish[],
  addressOf: (lineId: string) => string,
): Parcel[] {
  const left = byLine(lines);
  const silent = packages.filter((wish) => wish.lines.length === 0);
  if (silent.length > 1)
    throw new InvalidInput(
      `${silent.length} packages name no lines; BigCommerce keeps one tracking number a shipment, so name the lines of each package (one may take the rest)`,
      ["packages"],
    );
  const named = packages
    .filter((wish) => wish.lines.length > 0)
    .map((wish) => ({ lines: take(wish.lines, left), package: wish }));
  const rest = Array.from(left, ([lineId, quantity]) => ({ lineId, quantity })).filter(
    ({ quantity }) => quantity > 0,
  );
  const [taker = null] = silent;
  if (taker && rest.length === 0)
    throw new InvalidInput("a package is empty: the others already take every line", ["packages"]);
  const shares = rest.length > 0 ? [...named, { lines: rest, package: taker }] : named;
  return shares.flatMap((share) => byAddress(share, addressOf));
}

function byAddress(
  share: Omit<Parcel, "addressId">,
  addressOf: (lineId: string) => string,
): Parcel[] {
  const groups = new Map<string, LineQuantity[]>();
  for (const line of share.lines) {
    const addressId = addressOf(line.lineId);
    groups.set(addressId, [...(groups.get(addressId) ?? []), line]);
  }
  if (share.package && groups.size > 1)
    throw new InvalidInput(
      `a package would go to ${groups.size} addresses; name the lines of each package so that those of one go to one address`,
      ["packages"],
    );
  return Array.from(groups, ([addressId, lines]) => ({
    addressId,
    lines,
    package: share.package,
  }));
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
