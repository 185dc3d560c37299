import { InvalidInput } from "./errors.js";
import {
  DELIVERY_STATUSES,
  FULFILLMENT_STATUSES,
  ORDER_RETURN_STATUSES,
  ORDER_STATES,
  PAYMENT_STATUSES,
  type PlatformStatus,
  type StatusDimension,
  type StatusMeaning,
  type StatusRulings,
} from "./status.js";

/** A merchant's word on what one value of a platform's status field means in one dimension; it goes before ours. */
export type StatusRule = StatusMeaning & { id: string };

/** The words of each dimension. */
export const STATUS_WORDS: Readonly<Record<StatusDimension, readonly string[]>> = {
  ORDER: ORDER_STATES,
  PAYMENT: PAYMENT_STATUSES,
  FULFILLMENT: FULFILLMENT_STATUSES,
  DELIVERY: DELIVERY_STATUSES,
  RETURN: ORDER_RETURN_STATUSES,
};

/** Throws InvalidInput where a word is none of its dimension's. */
export function meaningOf(
  field: string,
  value: string,
  dimension: StatusDimension,
  unified: string,
): StatusMeaning {
  if (!STATUS_WORDS[dimension].includes(unified))
    throw new InvalidInput(
      `${unified} is no word of ${dimension}; choose one of ${STATUS_WORDS[dimension].join(", ")}`,
      ["unified"],
    );
  // The word was found among those of its dimension, which the compiler cannot follow.
  return { field, value, dimension, unified } as StatusMeaning;
}

/** What rules make of an order's raw words. Of several for one dimension the one whose word the platform names first stands. */
export function rulingsOf(
  words: readonly PlatformStatus[],
  rules: readonly StatusRule[],
): StatusRulings {
  const rulings: StatusRulings = {};
  for (const word of words)
    for (const { id, field, value, dimension, unified } of rules)
      if (field === word.field && value === word.value && !rulings[dimension])
        Object.assign(rulings, { [dimension]: { value: unified, ruleId: id, from: [word] } });
  return rulings;
}
