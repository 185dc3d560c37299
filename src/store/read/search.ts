import { and, or, type SQL, sql } from "drizzle-orm";
import { InvalidInput } from "../../domain/errors.js";
import { normalizeTrackingNumber } from "../../domain/tracking.js";
import { orders, orderTexts } from "../tables.js";
import { foldText, PATTERNS, type TextField } from "../texts.js";

/** Words that all must be found somewhere in an order. */
export interface Search {
  /** Folded; none finds everything. */
  words: readonly string[];
  fields: readonly TextField[];
}

/** Longer texts are no search any more, and each word costs. */
const LONGEST = 200;
const MOST_WORDS = 8;
/** Shorter ones are in nearly every order; they count where a word begins. */
const SHORTEST_ANYWHERE = 3;

const OPEN_FIELDS: readonly TextField[] = ["number", "sku", "tracking"];
const PERSONAL_FIELDS: readonly TextField[] = ["email", "people"];

/** What a caller typed as a search; names and e-mail addresses are searched only for who may see them. */
export function searchOf(typed: string, seesPeople: boolean): Search {
  refuseLong(typed, "search");
  const words = [...new Set(foldText(typed).split(" "))]
    .map((word) => word.replace(/^#(?=.)/, ""))
    .filter((word) => word !== "");
  if (words.length > MOST_WORDS)
    throw new InvalidInput(
      `\`search\` has ${words.length} words; it can have ${MOST_WORDS}: leave out what is least telling`,
      ["search"],
    );
  return { words, fields: seesPeople ? [...OPEN_FIELDS, ...PERSONAL_FIELDS] : OPEN_FIELDS };
}

/** The condition on `orders` that every word is found; undefined where there is none. */
export function isFound({ words, fields }: Search): SQL | undefined {
  return and(...words.map((word) => isIn(waysOf(word, fields))));
}

/** The condition on `orders` that a field contains a text, in any case and with or without accents. */
export function contains(field: TextField, text: string): SQL | undefined {
  refuseLong(text, "contains");
  const folded = foldText(text);
  return folded === "" ? undefined : isIn([withText([field], PATTERNS.anywhere(folded))]);
}

/** How well an order fits, for orders joined with their texts: a whole value counts most, then how it begins. */
export function relevanceOf({ words, fields }: Search): SQL<number> {
  const ranks = words.map((word) => {
    const fits = (pattern: string) =>
      or(...fields.map((field) => sql`${orderTexts[field]} like ${pattern}`));
    return sql`case when ${fits(PATTERNS.value(word))} then 4
      when ${fits(PATTERNS.beginOfValue(word))} then 3
      when ${fits(PATTERNS.beginOfWord(word))} then 2 else 1 end`;
  });
  return sql<number>`(${sql.join([sql`0`, ...ranks], sql` + `)})`;
}

/** A carrier's number is kept without its dashes, and found with them too. */
function waysOf(word: string, fields: readonly TextField[]): SQL[] {
  const patternOf = word.length < SHORTEST_ANYWHERE ? PATTERNS.beginOfWord : PATTERNS.anywhere;
  const number = foldText(normalizeTrackingNumber(word));
  const ways = [withText(fields, patternOf(word))];
  if (number !== word && number !== "") ways.push(withText(["tracking"], patternOf(number)));
  return ways;
}

function withText(fields: readonly TextField[], pattern: string): SQL {
  return sql`select orders_with_text(${sql.param([...fields])}::text[], ${pattern})`;
}

/** One list of ids however many ways lead to it: from a list the planner begins, from several it would not. */
function isIn(ids: readonly SQL[]): SQL {
  return sql`${orders.id} in (${sql.join([...ids], sql` union all `)})`;
}

function refuseLong(text: string, name: string): void {
  if (text.length > LONGEST)
    throw new InvalidInput(
      `\`${name}\` has ${text.length} characters; it can have ${LONGEST}: search for the telling part`,
      [name],
    );
}
