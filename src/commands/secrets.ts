import { InvalidInput } from "../domain/errors.js";

type Properties = Record<string, unknown>;

/**
 * New settings in place of the old ones: those that are given count as a whole, but secrets (`writeOnly` in the
 * platform's JSON Schema) that are left out keep their value, and a null takes one away. Secrets are kept only where
 * nothing but secrets changes: else whoever may change an address could have them sent anywhere. Throws InvalidInput.
 */
export function replaceSettings(schema: Properties, before: unknown, given: unknown): unknown {
  if (!isObject(before) || !isObject(given)) return given;
  const secrets = secretsOf(schema);
  const kept = [...secrets].filter((name) => given[name] === undefined && name in before);
  const left = ([name, value]: [string, unknown]) => !(secrets.has(name) && value === null);
  const settings = Object.fromEntries(
    Object.entries({ ...pick(before, kept), ...given }).filter(left),
  );
  const changed = openNames(secrets, before, given).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(given[name]),
  );
  if (kept.length > 0 && changed.length > 0)
    throw new InvalidInput(
      `With another ${changed.join(", ")} the secrets must be given again: ${kept.join(", ")} (null for those the shop has no more)`,
      ["settings", String(kept[0])],
    );
  return settings;
}

function secretsOf({ properties }: Properties): Set<string> {
  const all = isObject(properties) ? Object.entries(properties) : [];
  const secrets = all.filter(([, property]) => isObject(property) && property.writeOnly === true);
  return new Set(secrets.map(([name]) => name));
}

function openNames(secrets: ReadonlySet<string>, ...settings: Properties[]): string[] {
  const names = new Set(settings.flatMap((some) => Object.keys(some)));
  return [...names].filter((name) => !secrets.has(name));
}

function pick(from: Properties, names: readonly string[]): Properties {
  return Object.fromEntries(names.map((name) => [name, from[name]]));
}

function isObject(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
