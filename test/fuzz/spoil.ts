import fc from "fast-check";

/** A way in which a body is not what it should be, and how it comes to be so. */
export interface Spoiling {
  what: string;
  spoil(body: Buffer): Buffer;
}

const HTML = "<!doctype html><html><head><title>502 Bad Gateway</title></head><body>nginx</body>";
const DEPTH = 50_000;

/** The body is replaced, whatever it was. */
const replaced: fc.Arbitrary<Spoiling> = fc.constantFrom(
  ...Object.entries({
    "nothing at all": "",
    "a page of HTML": HTML,
    null: "null",
    "a list of nothing": "[]",
    "an object of nothing": "{}",
    "a number": "42",
    "a word": '"order"',
    "an error object": '{"errors":[{"message":"Internal error"}],"error":"internal"}',
    "a list in lists without end": "[".repeat(DEPTH),
    "objects in objects": `${'{"id":'.repeat(DEPTH)}1${"}".repeat(DEPTH)}`,
    "bytes of no text": Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0xc0, 0x80]),
  }).map(([what, text]) => ({ what, spoil: () => Buffer.from(text) })),
);

/** The body ends too soon or holds bytes that no text has. */
const damaged: fc.Arbitrary<Spoiling> = fc
  .tuple(
    fc.constantFrom("cut", "NUL", "escaped NUL", "invalid UTF-8", "lone surrogate"),
    fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  )
  .map(([what, place]) => ({
    what: `${what} at ${Math.round(place * 100)}%`,
    spoil(body) {
      const at = Math.floor(body.length * place);
      const [before, after] = [body.subarray(0, at), body.subarray(at)];
      if (what === "cut") return before;
      return Buffer.concat([before, DAMAGE[what] as Buffer, after]);
    },
  }));
const DAMAGE: Record<string, Buffer> = {
  NUL: Buffer.from([0]),
  "escaped NUL": Buffer.from("\\u0000"),
  "invalid UTF-8": Buffer.from([0xc3, 0x28, 0xff]),
  "lone surrogate": Buffer.from("\\ud800"),
};

/** Values of another kind than is meant, as JSON. */
const STRANGE = [
  "null",
  "true",
  "0",
  "-1",
  "3.14159",
  "1e999",
  "99999999999999999999999999",
  "[]",
  "{}",
  '""',
  '"text"',
  '"12.5"',
  '"a \\u0000 b"',
  '"\\ud800"',
  '[[["deep"]]]',
  '{"__proto__":{"polluted":true}}',
] as const;
const GONE = "gone";

/** One value of the JSON, anywhere in it, is another or missing. */
const mistyped: fc.Arbitrary<Spoiling> = fc
  .tuple(
    fc.constantFrom(...STRANGE, GONE),
    fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  )
  .map(([value, place]) => ({
    what: `${value} at ${Math.round(place * 100)}% of its values`,
    spoil: (body) => withValue(body, place, value),
  }));

/** Every way to spoil a body. */
export const spoilings: fc.Arbitrary<Spoiling> = fc.oneof(
  { weight: 2, arbitrary: replaced },
  { weight: 2, arbitrary: damaged },
  { weight: 4, arbitrary: mistyped },
);

/** A body that is no JSON stays as it is. */
function withValue(body: Buffer, place: number, value: string): Buffer {
  const whole = parsed(body);
  const places: { holder: Record<string, unknown>; key: string }[] = [];
  // No recursion: some of these bodies are deeper than any stack.
  const holders = [whole];
  for (let holder = holders.pop(); holder !== undefined; holder = holders.pop()) {
    if (typeof holder !== "object" || holder === null) continue;
    const record = holder as Record<string, unknown>;
    for (const key of Object.keys(record)) places.push({ holder: record, key });
    holders.push(...Object.values(record));
  }
  const chosen = places[Math.floor(places.length * place)];
  if (!chosen) return body;
  if (value === GONE) delete chosen.holder[chosen.key];
  else chosen.holder[chosen.key] = MARK;
  try {
    // The value goes in as text, since no JavaScript number holds some of them.
    return Buffer.from(JSON.stringify(whole).replace(JSON.stringify(MARK), () => value));
  } catch {
    return body;
  }
}

/** undefined where it is no JSON. */
function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
const MARK = "the value to be replaced";
