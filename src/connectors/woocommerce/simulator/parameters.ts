import { isDate } from "./clock.js";
import { RestError } from "./errors.js";

/** One argument of a route in the few words of JSON Schema that WordPress knows. */
interface Parameter {
  type: "integer" | "number" | "string" | "boolean" | "array" | "object" | "mixed";
  required?: boolean;
  default?: unknown;
  enum?: readonly string[];
  minimum?: number;
  maximum?: number;
  format?: "date-time" | "email";
  items?: Parameter;
  properties?: Parameters;
}
export type Parameters = Readonly<Record<string, Parameter>>;
export type Arguments = Record<string, unknown>;

interface Complaint {
  code: string;
  message: string;
}

/** Arguments in their declared types, defaults filled in; throws the 400 that WordPress answers. */
export function checkArguments(parameters: Parameters, given: Arguments): Arguments {
  const missing = Object.keys(parameters).filter(
    (name) => parameters[name]?.required && given[name] === undefined,
  );
  if (missing.length > 0) {
    const data = { status: 400, params: missing };
    throw new RestError(
      "rest_missing_callback_param",
      `Missing parameter(s): ${missing.join(", ")}`,
      400,
      data,
    );
  }
  const complaints: Record<string, Complaint> = {};
  const checked: Arguments = { ...given };
  for (const [name, parameter] of Object.entries(parameters)) {
    const value = given[name];
    if (value === undefined) {
      if (parameter.default !== undefined) checked[name] = parameter.default;
      continue;
    }
    const complaint = complain(value, parameter, name);
    if (complaint) complaints[name] = complaint;
    else checked[name] = converted(value, parameter);
  }
  if (Object.keys(complaints).length > 0) throw invalidParameters(complaints);
  return checked;
}

function invalidParameters(complaints: Record<string, Complaint>): RestError {
  const params: Record<string, string> = {};
  const details: Record<string, Complaint & { data: null }> = {};
  for (const [name, { code, message }] of Object.entries(complaints)) {
    params[name] = message;
    details[name] = { code, message, data: null };
  }
  const message = `Invalid parameter(s): ${Object.keys(complaints).join(", ")}`;
  return new RestError("rest_invalid_param", message, 400, { status: 400, params, details });
}

const isType: Record<Parameter["type"], (value: unknown) => boolean> = {
  integer: (value) => /^[+-]?\d+(\.0+)?$/.test(plain(value)),
  number: (value) => /^[+-]?\d+(\.\d+)?$/.test(plain(value)),
  string: (value) => typeof value === "string",
  boolean: (value) => typeof value === "boolean" || /^(true|false|0|1)$/i.test(plain(value)),
  array: (value) => typeof value === "string" || Array.isArray(value) || isIndexed(value),
  object: (value) => typeof value === "object" && value !== null,
  mixed: () => true,
};

/** Text of a number or a text, nothing of anything else. */
function plain(value: unknown): string {
  return typeof value === "number" || typeof value === "string" ? String(value) : "";
}

/** PHP sees a list in `a[0]=x&a[1]=y`. */
function isIndexed(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.keys(value).every((key, index) => key === String(index))
  );
}

function complain(value: unknown, parameter: Parameter, name: string): Complaint | undefined {
  if (!isType[parameter.type](value)) {
    return { code: "rest_invalid_type", message: `${name} is not of type ${parameter.type}.` };
  }
  const range = outOfBounds(value, parameter, name);
  if (range) return range;
  if (parameter.enum && !parameter.enum.includes(plain(value))) {
    return {
      code: "rest_not_in_enum",
      message: `${name} is not one of ${listed(parameter.enum)}.`,
    };
  }
  if (parameter.format === "date-time" && !isDate(plain(value))) {
    return { code: "rest_invalid_date", message: "Invalid date." };
  }
  if (parameter.format === "email" && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(plain(value))) {
    return { code: "rest_invalid_email", message: "Invalid email address." };
  }
  return complainInside(value, parameter, name);
}

function complainInside(
  value: unknown,
  { type, items, properties }: Parameter,
  name: string,
): Complaint | undefined {
  if (type === "array" && items) {
    for (const [index, each] of listOf(value).entries()) {
      const complaint = complain(each, items, `${name}[${index}]`);
      if (complaint) return complaint;
    }
  }
  for (const [key, inner] of Object.entries(properties ?? {})) {
    const part = (value as Arguments)[key];
    const complaint =
      part === undefined || part === null ? undefined : complain(part, inner, `${name}[${key}]`);
    if (complaint) return complaint;
  }
  return undefined;
}

function outOfBounds(
  value: unknown,
  { minimum, maximum }: Parameter,
  name: string,
): Complaint | undefined {
  const number = Number(plain(value));
  if (minimum !== undefined && maximum !== undefined) {
    if (number >= minimum && number <= maximum) return undefined;
    const message = `${name} must be between ${minimum} (inclusive) and ${maximum} (inclusive)`;
    return { code: "rest_out_of_bounds", message };
  }
  if (minimum === undefined || number >= minimum) return undefined;
  return {
    code: "rest_out_of_bounds",
    message: `${name} must be greater than or equal to ${minimum}`,
  };
}

/** "a, b, and c". */
function listed(values: readonly string[]): string {
  return `${values.slice(0, -1).join(", ")}, and ${values.at(-1)}`;
}

function listOf(value: unknown): unknown[] {
  if (typeof value === "string") return value.split(/[\s,]+/).filter((part) => part !== "");
  return Array.isArray(value) ? value : Object.values(value as object);
}

function converted(value: unknown, { type, items }: Parameter): unknown {
  if (type === "integer") return Number(value);
  if (type === "boolean") return value === true || value === 1 || /^(true|1)$/i.test(plain(value));
  if (type === "array") {
    const list = listOf(value);
    return items ? list.map((each) => converted(each, items)) : list;
  }
  return value;
}
