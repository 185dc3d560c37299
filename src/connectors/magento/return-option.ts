import { z } from "zod";
import type { Resolution, ReturnReason } from "../../domain/return.js";

const option = z.object({ label: z.string(), value: z.string() });
/** The options of one attribute of returned items, as the shop's people named them. */
export type ReturnOption = z.output<typeof option>;

export const returnOptionsSchema = z.object({
  reason: z.array(option),
  condition: z.array(option),
  resolution: z.array(option),
});
export type ReturnOptions = z.output<typeof returnOptionsSchema>;

const metadata = z.array(
  z.object({
    attribute_code: z.string(),
    options: z
      .array(z.object({ label: z.string(), value: z.union([z.string(), z.number()]).nullish() }))
      .nullish(),
  }),
);

/** The options in what `returnsAttributeMetadata` says; null where that cannot be read. */
export function returnOptionsIn(body: unknown): ReturnOptions | null {
  const attributes = metadata.safeParse(body).data;
  if (!attributes) return null;
  const optionsOf = (code: string): ReturnOption[] =>
    (attributes.find(({ attribute_code }) => attribute_code === code)?.options ?? []).flatMap(
      // The first option of a select is often an empty one.
      ({ label, value }) =>
        value == null || value === "" ? [] : [{ label, value: String(value) }],
    );
  return {
    reason: optionsOf("reason"),
    condition: optionsOf("condition"),
    resolution: optionsOf("resolution"),
  };
}

/** What labels mean to us; the first that fits counts. Magento comes with Wrong Color, Wrong Size and Out of Service. */
const REASONS: readonly (readonly [RegExp, ReturnReason])[] = [
  [/damaged.*(transit|shipping|delivery)|arrived damaged/, "DAMAGED_IN_TRANSIT"],
  [/defect|faulty|broken|out of service|not work/, "DEFECTIVE"],
  [/too small/, "SIZE_TOO_SMALL"],
  [/too (large|big)/, "SIZE_TOO_LARGE"],
  [/colou?r/, "COLOR"],
  [/style/, "STYLE"],
  [/wrong (item|product|goods)/, "WRONG_ITEM"],
  [/not as described/, "NOT_AS_DESCRIBED"],
  [/(no longer|not) (needed|wanted)|unwanted|changed.*mind/, "UNWANTED"],
  [/late/, "ARRIVED_LATE"],
];

/** Labels that say what we mean less exactly, tried in turn where none says it exactly. */
const NEAR_REASONS: Partial<Record<ReturnReason, readonly RegExp[]>> = {
  SIZE_TOO_SMALL: [/size/],
  SIZE_TOO_LARGE: [/size/],
  DAMAGED_IN_TRANSIT: [/damaged/],
};

const RESOLUTIONS: readonly (readonly [RegExp, Resolution])[] = [
  [/exchange|replace/, "EXCHANGE"],
  [/credit/, "STORE_CREDIT"],
  [/refund/, "REFUND"],
  [/repair/, "REPAIR"],
];

/** What a reason's label means; OTHER for one that is not known, UNKNOWN where none was given. */
export function reasonOf(label: string | null): ReturnReason {
  if (label === null) return "UNKNOWN";
  return meaningOf(label, REASONS) ?? "OTHER";
}

/** What a resolution's label means; NONE for one that is not known. */
export function resolutionOf(label: string | null): Resolution {
  return (label === null ? null : meaningOf(label, RESOLUTIONS)) ?? "NONE";
}

/** The option that says our reason: in the same words, in others, nearly, or as "other"; undefined where none does. */
export function reasonOption(
  options: readonly ReturnOption[],
  reason: ReturnReason,
): ReturnOption | undefined {
  const near = [...(NEAR_REASONS[reason] ?? []), /other/];
  const word = (label: string) => label.trim().toUpperCase().replace(/\s+/g, "_");
  return (
    options.find(({ label }) => word(label) === reason) ??
    options.find(({ label }) => reasonOf(label) === reason) ??
    near
      .map((pattern) => options.find(({ label }) => pattern.test(label.toLowerCase())))
      .find(Boolean)
  );
}

/** The option that says our resolution; for none, the money, which decides nothing. */
export function resolutionOption(
  options: readonly ReturnOption[],
  resolution: Resolution,
): ReturnOption | undefined {
  const wanted = resolution === "NONE" ? "REFUND" : resolution;
  return options.find(({ label }) => resolutionOf(label) === wanted);
}

/** The condition that a reason suggests, since the shop wants one and we keep none: damaged or opened, else the first. */
export function conditionOption(
  options: readonly ReturnOption[],
  reason: ReturnReason,
): ReturnOption | undefined {
  const isDamaged = reason === "DAMAGED_IN_TRANSIT" || reason === "DEFECTIVE";
  const pattern = isDamaged ? /damaged/ : /\bopened/;
  return options.find(({ label }) => pattern.test(label.toLowerCase())) ?? options[0];
}

function meaningOf<Meaning>(
  label: string,
  table: readonly (readonly [RegExp, Meaning])[],
): Meaning | null {
  return table.find(([pattern]) => pattern.test(label.toLowerCase()))?.[1] ?? null;
}
