import type { Capability, ChannelOperation } from "../../domain/channel.js";
import type { UserErrorData } from "../face.js";

/** Whether the shop can do it, and may, and does it natively where that was asked for. */
export function checkCapabilities(
  needs: readonly ChannelOperation[],
  capabilities: readonly Capability[],
  channelId: string,
  allowEmulated: boolean,
): UserErrorData[] {
  return needs.flatMap((operation): UserErrorData[] => {
    const refusal = refusalOf(operation, capabilityOf(capabilities, operation), allowEmulated);
    if (!refusal) return [];
    return [
      { kind: "CapabilityError", ...refusal, path: null, operation, channelId, alternatives: [] },
    ];
  });
}

/** What a shop says of one operation; undefined where it says nothing. */
export function capabilityOf(
  capabilities: readonly Capability[],
  operation: ChannelOperation,
): Capability | undefined {
  return capabilities.find((capability) => capability.operation === operation);
}

function refusalOf(operation: string, capability: Capability | undefined, allowEmulated: boolean) {
  if (!capability || capability.support === "NONE")
    return {
      code: "CAPABILITY_NOT_SUPPORTED" as const,
      message: `this shop cannot do ${operation}${capability?.note ? `: ${capability.note}` : ""}`,
    };
  if (!capability.granted)
    return {
      code: "SCOPE_NOT_GRANTED_BY_CHANNEL" as const,
      message: `the shop does not let the gateway do ${operation}; grant ${capability.requiredScopes.join(", ")} there`,
    };
  if (capability.support === "EMULATED" && !allowEmulated)
    return {
      code: "CAPABILITY_NOT_SUPPORTED" as const,
      message: `this shop does ${operation} only by emulation, which allowEmulated: true permits${capability.note ? `: ${capability.note}` : ""}`,
    };
  return null;
}
