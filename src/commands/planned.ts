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
  fulfillmentId: string | null;
}

/** The shipment that a step is going to make, as a fact of the order; also when a step is to be tried once more. */
export function plannedShipment(
  { commandId, index, marker, step, fulfillmentId }: PlannedStep,
  now: Date,
): LocalFact[] {
  if (!step.creates || !fulfillmentId) return [];
  return [
    {
      kind: "shipment-planned",
      fulfillmentId,
      commandId,
      stepIndex: index,
      marker,
      ...step.creates,
      plannedAt: instant(now),
    },
  ];
}

/** Who asks, as it stands in events and commands. */
export function actorOf(viewer: Viewer): Actor {
  return { kind: "API_CLIENT", id: viewer.keyId, name: viewer.client };
}
