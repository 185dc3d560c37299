import type { PackageWish } from "../../domain/command.js";
import { InvalidInput } from "../../domain/errors.js";
import type { LineQuantity } from "../../domain/quantity.js";
import { type Parcel, parcelsOf } from "../parcel.js";

/** What becomes one shipment: lines that go to one address, and at most one package. */
export interface AddressedParcel extends Parcel {
  addressId: string;
}

/**
 * Shares lines among packages, then among addresses: a package takes the lines it names, the only one that names none
 * takes what is left, and lines in no package leave without tracking, one shipment an address. Throws InvalidInput where
 * that does not come out, as for a package that would go to two addresses.
 */
export function parcelsByAddress(
  lines: readonly LineQuantity[],
  packages: readonly PackageWish[],
  addressOf: (lineId: string) => string,
): AddressedParcel[] {
  return parcelsOf("BigCommerce", "shipment", lines, packages).flatMap((parcel) =>
    byAddress(parcel, addressOf),
  );
}

function byAddress(parcel: Parcel, addressOf: (lineId: string) => string): AddressedParcel[] {
  const groups = new Map<string, LineQuantity[]>();
  for (const line of parcel.lines) {
    const addressId = addressOf(line.lineId);
    groups.set(addressId, [...(groups.get(addressId) ?? []), line]);
  }
  if (parcel.package && groups.size > 1)
    throw new InvalidInput(
      `a package would go to ${groups.size} addresses; name the lines of each package so that those of one go to one address`,
      ["packages"],
    );
  return Array.from(groups, ([addressId, lines]) => ({
    addressId,
    lines,
    package: parcel.package,
  }));
}
