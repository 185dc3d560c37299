import type { ReturnReason } from "../../domain/return.js";
import type { ReasonFragment } from "./payload.js";

/**
 * Shopify's library of reasons is long, differs by kind of goods, and is published by its form only: handles such as
 * "arrived-late", "too-tight", "color-too-bright". So a handle is understood by the words in it, the first row that fits.
 */
const WORDS: readonly { reason: ReturnReason; words: RegExp; handle: string }[] = [
  {
    reason: "DAMAGED_IN_TRANSIT",
    words: /arrived-damaged|damaged-in|shipping-damage|^damaged$/,
    handle: "arrived-damaged",
  },
  {
    reason: "DEFECTIVE",
    words: /defect|damaged|faulty|broken|not-work|quality/,
    handle: "defective",
  },
  { reason: "WRONG_ITEM", words: /wrong|incorrect-item/, handle: "wrong-item" },
  {
    reason: "NOT_AS_DESCRIBED",
    words: /not-as-described|misleading|different-from/,
    handle: "not-as-described",
  },
  { reason: "SIZE_TOO_SMALL", words: /too-(small|tight|short|narrow)/, handle: "too-small" },
  {
    reason: "SIZE_TOO_LARGE",
    words: /too-(large|big|loose|long|wide|baggy)/,
    handle: "too-large",
  },
  { reason: "COLOR", words: /colou?r/, handle: "color" },
  { reason: "STYLE", words: /style|design|fit|comfort/, handle: "style" },
  {
    reason: "UNWANTED",
    words: /mind|unwanted|no-longer|not-needed|better-price|accident/,
    handle: "changed-my-mind",
  },
  { reason: "ARRIVED_LATE", words: /late|delay/, handle: "arrived-late" },
  { reason: "UNKNOWN", words: /unknown/, handle: "unknown" },
];

/** Our word for a reason; OTHER for one that we do not know, UNKNOWN where none was given. */
export function reasonOf(handle: string | null): ReturnReason {
  if (handle === null) return "UNKNOWN";
  return WORDS.find(({ words }) => words.test(handle))?.reason ?? "OTHER";
}

/**
 * The definition that says a reason: the one that bears its plainest name, else any that is understood so, else "other".
 * Null where the shop has none of these; a return may do without. Those taken out of the library are not given anew.
 */
export function definitionFor(
  reason: ReturnReason,
  definitions: readonly ReasonFragment[],
): string | null {
  const live = definitions.filter(({ deleted }) => !deleted);
  const plain = WORDS.find((row) => row.reason === reason)?.handle;
  const found =
    live.find(({ handle }) => handle === plain) ??
    live.find(({ handle }) => reasonOf(handle) === reason) ??
    live.find(({ handle }) => handle === "other");
  return found?.id ?? null;
}
