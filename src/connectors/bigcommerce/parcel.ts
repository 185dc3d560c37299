import type { PackageWish } from "../../domain/command.js";
import { InvalidInput } from "../../domain/errors.js";
import type { LineQuantity } from "../../domain/quantity.js";
import { refuseSilent, shareLines } from "../parcel.js";

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
  refuseSilent("BigCommerce", "shipment", packages);
  return shareLines(lines, packages).flatMap((share) =>
    byAddress({ lines: share.lines, package: share.packages[0] ?? null }, addressOf),
  );
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
