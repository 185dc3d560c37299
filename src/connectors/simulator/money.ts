/** Decimal places of the currencies in which the simulated shops sell. */
export const decimalsOf: Readonly<Record<string, number>> = {
  USD: 2,
  EUR: 2,
  GBP: 2,
  CAD: 2,
  AUD: 2,
  CHF: 2,
  SEK: 2,
  JPY: 0,
  KWD: 3,
};

/** "12.50" → 1250 with two decimals; throws on what is no decimal number or has more decimals. */
export function toMinor(amount: string, decimals = 2): number {
  const parts = /^(-?)(\d+)(?:\.(\d*))?$/.exec(amount.trim());
  const fraction = (parts?.[3] ?? "").replace(/0+$/, "");
  if (!parts || fraction.length > decimals) {
    throw new RangeError(`"${amount}" is no decimal amount with at most ${decimals} decimals`);
  }
  const minor = Number(`${parts[2]}${fraction.padEnd(decimals, "0")}`);
  return parts[1] && minor !== 0 ? -minor : minor;
}

/** 1250 → "12.50" with two decimals. `minor` is a whole number. */
export function fromMinor(minor: number, decimals = 2): string {
  if (!Number.isSafeInteger(minor))
    throw new RangeError(`${minor} is no whole number of minor units`);
  const digits = String(Math.abs(minor)).padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals);
  const sign = minor < 0 ? "-" : "";
  return decimals === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-decimals)}`;
}

/** `minor` × `part` / `whole`, half away from zero, in whole numbers all the way. */
export function share(minor: number, part: number, whole: number): number {
  const product = BigInt(minor) * BigInt(part) * 2n;
  const rounded =
    (product < 0n ? product - BigInt(whole) : product + BigInt(whole)) / (2n * BigInt(whole));
  return Number(rounded);
}
