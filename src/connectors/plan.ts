import type { Command, CommandType, Step } from "../domain/command.js";
import { GatewayError } from "../domain/errors.js";

/** How a platform does what commands ask for, by their type; what is missing it does not do. */
export type Plans = { [T in CommandType]?: (command: Extract<Command, { type: T }>) => Step[] };

/** The steps that a command needs. Throws CAPABILITY_NOT_SUPPORTED where the platform has no plan for it. */
export function planBy(platform: string, plans: Plans, command: Command): Step[] {
  // The table pairs each type with its own plan, which the compiler cannot follow through an index.
  const plan = plans[command.type] as ((wish: Command) => Step[]) | undefined;
  if (!plan)
    throw new GatewayError(
      "CAPABILITY_NOT_SUPPORTED",
      `${platform} cannot do ${command.type}; see what the channel's capabilities offer instead`,
    );
  return plan(command);
}
