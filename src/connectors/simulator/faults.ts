import type { Fault } from "./shop.js";

/** The faults that are switched on, oldest first. */
export interface Faults {
  /** Switches a fault on; throws a TypeError that names what is wrong with it. */
  add(fault: Fault): void;
  /** What is switched on now, with the counts that are left. */
  list(): readonly Fault[];
  clear(): void;
  /** The first fault of this kind that matches the name, with one use of it spent; undefined when none. */
  take(kind: Fault["kind"], name: string): Fault | undefined;
}

const kinds: Record<Fault["kind"], true> = {
  latency: true,
  "429": true,
  "500": true,
  "timeout-before": true,
  "timeout-after": true,
  late: true,
  "webhook-drop": true,
  "webhook-double": true,
  "webhook-late": true,
};

/** A fresh switchboard with every fault off. */
export function createFaults(): Faults {
  let active: Fault[] = [];

  return {
    add(fault) {
      active.push(checked(fault));
    },
    list: () => active.map((fault) => ({ ...fault })),
    clear() {
      active = [];
    },
    take(kind, name) {
      const fault = active.find(
        (each) => each.kind === kind && (each.match === undefined || name.includes(each.match)),
      );
      if (fault?.count === undefined) return fault;
      fault.count -= 1;
      if (fault.count === 0) active = active.filter((each) => each !== fault);
      return fault;
    },
  };
}

/** A copy of a fault that came from outside, as JSON may have it. */
function checked({ kind, match, count, ms }: Fault): Fault {
  if (!Object.hasOwn(kinds, kind)) {
    throw new TypeError(
      `fault kind ${JSON.stringify(kind)} is unknown; use one of ${Object.keys(kinds).join(", ")}`,
    );
  }
  if (match !== undefined && typeof match !== "string") {
    throw new TypeError(`fault match must be text, not ${JSON.stringify(match)}`);
  }
  if (count !== undefined && !(Number.isInteger(count) && count > 0)) {
    throw new TypeError(`fault count must be a whole number above 0, not ${JSON.stringify(count)}`);
  }
  if (ms !== undefined && !(Number.isFinite(ms) && ms >= 0)) {
    throw new TypeError(`fault ms must be milliseconds, 0 or more, not ${JSON.stringify(ms)}`);
  }
  return {
    kind,
    ...(match !== undefined && { match }),
    ...(count !== undefined && { count }),
    ...(ms !== undefined && { ms }),
  };
}
