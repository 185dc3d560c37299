import type { PackageWish } from "../domain/command.js";
import { InvalidInput } from "../domain/errors.js";
import { byLine, type LineQuantity, lessQuantity } from "../domain/quantity.js";

/** Lines that leave together, and the packages they are in. */
export interface Share {
  lines: LineQuantity[];
  packages: PackageWish[];
}

/**
 * Shares lines among packages: each takes the lines it names, and those that name none share what is left; lines in no
 * package leave without tracking. Throws InvalidInput where that does not come out.
 */
export function shareLines(
  lines: readonly LineQuantity[],
  packages: readonly PackageWish[],
): Share[] {
  const left = byLine(lines);
  const named = packages
    .filter((wish) => wish.lines.length > 0)
    .map((wish) => ({ lines: take(wish.lines, left), packages: [wish] }));
  const silent = packages.filter((wish) => wish.lines.length === 0);
  const rest = Array.from(left, ([lineId, quantity]) => ({ lineId, quantity })).filter(
    ({ quantity }) => quantity > 0,
  );
  if (silent.length > 0 && rest.length === 0)
    throw new InvalidInput("a package is empty: the others already take every line", ["packages"]);
  return rest.length > 0 ? [...named, { lines: rest, packages: silent }] : named;
}

/** Refuses several packages that name no lines, for platforms that keep one tracking number a shipment. */
export function refuseSilent(
  platform: string,
  noun: string,
  packages: readonly PackageWish[],
): void {
  const silent = packages.filter((wish) => wish.lines.length === 0).length;
  if (silent > 1)
    throw new InvalidInput(
      `${silent} packages name no lines; ${platform} keeps one tracking number a ${noun}, so name the lines of each package (one may take the rest)`,
      ["packages"],
    );
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
