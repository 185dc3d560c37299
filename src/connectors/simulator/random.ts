/** Random choices that a seed decides, so that the same seed gives the same shop. */
export interface Random {
  /** A fraction, at least 0 and below 1. */
  fraction(): number;
  /** A whole number from `from` to `to`, both included. */
  integer(from: number, to: number): number;
  /** True with this probability (0 to 1). */
  chance(probability: number): boolean;
  /** One of the list; throws on an empty one. */
  pick<T>(list: readonly T[]): T;
  /** One of the list, each as likely as its weight; throws on an empty one. */
  weighted<T extends { weight: number }>(list: readonly T[]): T;
  /** So many characters of the alphabet, lower-case hexadecimal unless told. */
  text(length: number, alphabet?: string): string;
}

/** A generator (mulberry32) whose whole future the seed decides. Not for secrets. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;

  function fraction(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  const integer = (from: number, to: number): number =>
    from + Math.floor(fraction() * (to - from + 1));

  function pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new Error("cannot pick from an empty list");
    return list[integer(0, list.length - 1)] as T;
  }
  function weighted<T extends { weight: number }>(list: readonly T[]): T {
    let left = fraction() * list.reduce((sum, entry) => sum + entry.weight, 0);
    const hit = list.find((entry) => {
      left -= entry.weight;
      return left < 0;
    });
    const chosen = hit ?? list.at(-1);
    if (chosen === undefined) throw new Error("cannot pick from an empty list");
    return chosen;
  }

  return {
    fraction,
    integer,
    chance: (probability) => fraction() < probability,
    pick,
    weighted,
    text: (length, alphabet = "0123456789abcdef") =>
      Array.from({ length }, () => alphabet[integer(0, alphabet.length - 1)]).join(""),
  };
}
