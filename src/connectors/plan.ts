import type { Command, CommandType, Step } from "../domain/command.js";
import { GatewayError } from "../domain/errors.js";

/** How a platform does what commands ask for, by their type; what is missing it does not do. */
export type Plans = { [T in CommandType]?: (command: Extract<Command, { type: T }>) => Step[] };

/** The steps that a command needs. Throws CAPABILITY_NOT_SUPPORTED where the platform has no plan for it. */
export function planBy(platform: string, plans: Plans, command: Command): Step[] {
  // The table pairs each type with its own plan, which the compiler cannot follow through an index.
  const plan = plans[command.type] as ((wish: Command) => Step[]) | undefined;
  if (!plan)
    throw cannot(
      `${platform} cannot do ${command.type}; see what the channel's capabilities offer instead`,
    );
  return plan(command);
}

/** Of a step that moves no money and makes nothing that waits under an id of ours. */
export const QUIET = { money: false, creates: null } as const;

/** Of a step that the gateway keeps itself, of which the shop is told nothing. */
const KEEP = { ...QUIET, support: "EMULATED", idempotent: "NATURAL", request: {} } as const;

/** A scan of a parcel, of which the shop is told nothing. */
export const KEEP_SCAN: Step = {
  ...KEEP,
  kind: "GATEWAY_SCAN",
  summary: "keep a scan of the parcel",
};

/** A hold that the gateway keeps: it keeps back what the gateway ships. */
export const KEEP_HOLD: Step = {
  ...KEEP,
  kind: "GATEWAY_HOLD",
  summary: "hold the work back here",
};

/** The end of holds that the gateway keeps. */
export const KEEP_RELEASE: Step = {
  ...KEEP,
  kind: "GATEWAY_RELEASE",
  summary: "release what is held here",
};

/** From which place work is to leave, kept here; it is told when it ships. */
export const KEEP_MOVE: Step = {
  ...KEEP,
  kind: "GATEWAY_MOVE",
  summary: "keep here from which place the work is to leave",
};

/** What a platform, or this shop, cannot do. */
export function cannot(message: string): GatewayError {
  return new GatewayError("CAPABILITY_NOT_SUPPORTED", message);
}
