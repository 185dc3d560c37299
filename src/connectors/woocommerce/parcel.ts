import type { PackageWish } from "../../domain/command.js";
import type { LineQuantity } from "../../domain/quantity.js";
import { refuseSilent, shareLines } from "../parcel.js";

/** What becomes one fulfillment: its lines and at most one package, since there is room for one tracking number. */
export interface Parcel {
  lines: LineQuantity[];
  package: PackageWish | null;
}

/** Shares lines among fulfillments; the only package that names no lines takes what is left. Throws InvalidInput. */
export function parcelsOf(
  lines: readonly LineQuantity[],
  packages: readonly PackageWish[],
): Parcel[] {
  refuseSilent("WooCommerce", "fulfillment", packages);
  return shareLines(lines, packages).map((share) => ({
    lines: share.lines,
    package: share.packages[0] ?? null,
  }));
}
