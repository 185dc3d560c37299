/** How an answer goes wrong on its way; `reaches`: whether the shop gets the request all the same. */
export interface BadAnswer {
  name: string;
  reaches: boolean;
  of(real: Response | null): Promise<Response>;
}

const html = "<!DOCTYPE html><html><body><h1>Be right back</h1>ada@example.com</body></html>";
const page = (status: number) => async () =>
  new Response(html, { status, headers: { "content-type": "text/html" } });
const instead = (text: string) => async () => new Response(text, { status: 200 });
const words = JSON.stringify({
  code: "internal_error",
  message: "Something went wrong",
  errors: [{ message: "Something went wrong" }],
});

/** The shop's own text, changed. */
export const altered =
  (change: (text: string) => string): BadAnswer["of"] =>
  async (real) => {
    const { status = 200, headers } = real ?? {};
    const text = change((await real?.text()) ?? "");
    return new Response(text === "" ? null : text, { status, headers: new Headers(headers) });
  };

export const maintenance: BadAnswer = { name: "maintenance", reaches: false, of: page(503) };

/** Answers in which nothing of what was asked can be read, under statuses that are not tried again by themselves. */
export const BAD_ANSWERS: readonly BadAnswer[] = [
  { name: "a maintenance page under 200", reaches: false, of: page(200) },
  { name: "a firewall's page under 403", reaches: false, of: page(403) },
  { name: "a web server's page under 404", reaches: false, of: page(404) },
  { name: "nothing under 200", reaches: true, of: instead("") },
  {
    name: "JSON that ends in the middle",
    reaches: true,
    of: altered((text) => text.slice(0, Math.max(1, text.length / 2))),
  },
  { name: "an error object under 200", reaches: true, of: instead(words) },
  ...["null", "{}"].map((text) => ({
    name: `${text} in place of what was asked`,
    reaches: true,
    of: instead(text),
  })),
];

/** A way to a shop that spoils answers from one of its requests on. */
export function spoiledWay() {
  let spoil: { bad: BadAnswer; from: number; count: number } | null = null;
  let asked = 0;
  const send: typeof fetch = async (input, init) => {
    asked += 1;
    if (!spoil || asked < spoil.from || asked >= spoil.from + spoil.count)
      return fetch(input, init);
    return spoil.bad.of(spoil.bad.reaches ? await fetch(input, init) : null);
  };
  return {
    fetch: send,
    /** What comes of some work while answers are spoiled, and whether any was. */
    async during<T>(
      bad: BadAnswer,
      work: () => Promise<T>,
      { from = 1, count = Number.POSITIVE_INFINITY } = {},
    ): Promise<{ value?: T; error?: unknown; spoiled: boolean }> {
      spoil = { bad, from, count };
      asked = 0;
      try {
        return { value: await work(), spoiled: asked >= from };
      } catch (error) {
        return { error, spoiled: asked >= from };
      } finally {
        spoil = null;
      }
    },
  };
}
