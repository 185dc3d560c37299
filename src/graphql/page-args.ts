/** Arguments of a list, declared alike wherever there is one. */
export const pageSizeOf = (defaultValue: number) => ({
  nullable: true,
  defaultValue,
  description: "Page size, at most 250.",
});
export const AFTER = { nullable: true, description: "Go on behind this cursor." } as const;
