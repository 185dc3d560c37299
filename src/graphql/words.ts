import { registerEnumType } from "type-graphql";

/** Registers an enum whose words describe themselves, and gives the object that names it in decorators. */
export function words<W extends string>(
  name: string,
  description: string,
  values: Record<W, string>,
): { readonly [K in W]: K } {
  const named = Object.fromEntries(Object.keys(values).map((word) => [word, word]));
  const valuesConfig = Object.fromEntries(
    Object.entries<string>(values).map(([word, meaning]) => [word, { description: meaning }]),
  );
  registerEnumType(named, { name, description, valuesConfig });
  return named as { readonly [K in W]: K };
}
