import type { Step } from "../domain/command.js";
import type { Actor } from "../domain/event.js";
import type { LocalFact } from "../domain/local.js";
import type { Viewer } from "../domain/scope.js";
import { instant } from "../domain/time.js";

interface PlannedStep {
  commandId: string;
  index: number;
  marker: string;
  step: Step;
  partId: string | null;
}

/** What a step is going to make, as a fact of the order; also when a step is to be tried once more. */
export function plannedPart(
  { commandId, index, marker, step: { creates }, partId }: PlannedStep,
  now: Date,
): LocalFact[] {
  if (!creates || !partId) return [];
  const plan = { commandId, stepIndex: index, marker, plannedAt: instant(now) };
  switch (creates.noun) {
    case "Fulfillment": {
      const { noun: _, ...shipment } = creates;
      return [{ kind: "shipment-planned", fulfillmentId: partId, ...plan, ...shipment }];
    }
    case "Return": {
      const { noun: _, ...wish } = creates;
      return [{ kind: "return-planned", returnId: partId, ...plan, ...wish }];
    }
    case "Refund": {
      const { noun: _, ...wish } = creates;
      return [{ kind: "refund-planned", refundId: partId, ...plan, ...wish }];
    }
  }
}

/** What a step made is there, whether or not the channel has shown it yet. */
export function confirmedPart(
  { step: { creates }, partId }: Pick<PlannedStep, "step" | "partId">,
  nativeId: string | null,
  now: Date,
): LocalFact[] {
  if (!creates || !partId) return [];
  switch (creates.noun) {
    case "Fulfillment": {
      const shippedAt = instant(now);
      return [{ kind: "shipment-confirmed", fulfillmentId: partId, nativeId, shippedAt }];
    }
    case "Return":
      return [{ kind: "return-confirmed", returnId: partId, nativeId }];
    case "Refund":
      return [{ kind: "refund-confirmed", refundId: partId, nativeId }];
  }
}

/** What a step was to make will not come. */
export function droppedPart({
  step: { creates },
  partId,
}: Pick<PlannedStep, "step" | "partId">): LocalFact[] {
  if (!creates || !partId) return [];
  switch (creates.noun) {
    case "Fulfillment":
      return [{ kind: "shipment-dropped", fulfillmentId: partId }];
    case "Return":
      return [{ kind: "return-dropped", returnId: partId }];
    case "Refund":
      return [{ kind: "refund-dropped", refundId: partId }];
  }
}

/** Nobody knows whether a step made what it was to make: money says so where it is shown. */
export function unclearPart({
  step: { creates },
  partId,
}: Pick<PlannedStep, "step" | "partId">): LocalFact[] {
  return creates?.noun === "Refund" && partId ? [{ kind: "refund-unclear", refundId: partId }] : [];
}

/** Who asks, as it stands in events and commands. */
export function actorOf(viewer: Viewer): Actor {
  return { kind: "API_CLIENT", id: viewer.keyId, name: viewer.client };
}
