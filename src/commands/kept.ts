import type { Capability } from "../domain/channel.js";
import type { Command, KeptKind, ReturnReceive, Step } from "../domain/command.js";
import type { LocalFact } from "../domain/local.js";
import type { Order } from "../domain/order.js";
import { type Quantity, sumQuantities } from "../domain/quantity.js";
import { instant } from "../domain/time.js";
import type { Origin } from "../events/recorder.js";
import type { StepRow } from "../store/commands.js";
import { capabilityOf } from "./check/capability.js";
import { changesReturn, moveOf } from "./return-move.js";
import { returnNote } from "./return-note.js";

interface Place {
  order: Order;
  capabilities: readonly Capability[];
}

/**
 * The steps of what the gateway keeps itself, without asking the shop; null where the command is the shop's to do. What is
 * kept of a return the shop's staff may read as a note, where the shop takes notes: `planNote` plans it.
 */
export function planKept(
  command: Command,
  place: Place,
  planNote: (text: string) => Step[],
): Step[] | null {
  switch (command.type) {
    case "ORDER_NOTE_ADD":
      return command.pushToChannel ? null : [keep("GATEWAY_NOTE", "keep a note here")];
    case "ORDER_TAGS_UPDATE":
      return capabilityOf(place.capabilities, "ORDER_TAG")?.support === "EMULATED"
        ? [keep("GATEWAY_TAGS", "keep the order's tags here")]
        : null;
    default:
      return keepsReturn(command, place) ? planReturn(command, place, planNote) : null;
  }
}

/** Whether the gateway keeps a return itself, since the shop has none: one of its own, or one that is to be made. */
export function keepsReturn(
  wish: { type: string; returnId?: string | null },
  { order, capabilities }: Place,
): boolean {
  if (wish.type === "RETURN_CREATE")
    return capabilityOf(capabilities, "RETURN_CREATE")?.support === "EMULATED";
  const row = order.returns.find(({ id }) => id === wish.returnId);
  return wish.type.startsWith("RETURN_") && row?.owner === "GATEWAY";
}

const RETURN_SUMMARIES = {
  RETURN_CREATE: "keep a return here",
  RETURN_APPROVE: "approve the return here",
  RETURN_DECLINE: "decline the return here",
  RETURN_RECEIVE: "keep here what came back",
  RETURN_TRACKING_UPDATE: "keep the return's tracking here",
  RETURN_CLOSE: "close the return here",
  RETURN_CANCEL: "cancel the return here",
} as const;

function planReturn(
  command: Command,
  { order, capabilities }: Place,
  planNote: (text: string) => Step[],
): Step[] {
  const summary = RETURN_SUMMARIES[command.type as keyof typeof RETURN_SUMMARIES];
  const notes = capabilityOf(capabilities, "ORDER_NOTE");
  const takesNotes = notes?.support === "NATIVE" && notes.granted;
  const kept = keep("GATEWAY_RETURN", summary);
  if (command.type === "RETURN_CREATE") {
    const { lines, requested, tracking, note } = command;
    const projection = takesNotes ? "REFUND_AND_NOTE" : "LOCAL_ONLY";
    kept.creates = { noun: "Return", lines, requested, tracking, note, projection };
  }
  const pieces = command.type === "RETURN_RECEIVE" ? restockable(command) : 0;
  if (pieces > 0 && capabilityOf(capabilities, "REFUND_RESTOCK")?.support === "NONE")
    kept.warning = `the shop puts nothing back into its stock with a refund: see there that its stock grows by the ${pieces} that came back to be sold again`;
  const text = takesNotes ? returnNote(command, order, null) : null;
  return text === null ? [kept] : [kept, ...planNote(text)];
}

/** How many pieces came back to be sold again. */
function restockable({ lines }: ReturnReceive): Quantity {
  const back = lines.filter(({ disposition }) => disposition === "RESTOCK");
  return sumQuantities(back.map(({ received }) => received));
}

function keep(kind: KeptKind, summary: string): Step {
  return {
    summary,
    kind,
    money: false,
    support: "EMULATED",
    idempotent: "NATURAL",
    request: null,
    creates: null,
  };
}

/** What the gateway keeps itself for a step that asks no shop. */
export function keptFacts(
  command: Command,
  { step, partId }: Pick<StepRow, "step" | "partId">,
  origin: Origin,
): LocalFact[] {
  switch (step.kind) {
    case "GATEWAY_SHIPMENT":
      return shipmentFacts(command, partId, origin);
    case "GATEWAY_SCAN":
      return scanFacts(command);
    case "GATEWAY_HOLD":
    case "GATEWAY_RELEASE":
    case "GATEWAY_MOVE":
      return workFacts(command, origin);
    case "GATEWAY_RETURN":
      if (partId) return [{ kind: "return-kept", returnId: partId }];
      return changesReturn(command)
        ? [{ kind: "return-moved", returnId: command.returnId, move: moveOf(command) }]
        : [];
    case "GATEWAY_NOTE":
      return command.type === "ORDER_NOTE_ADD" ? [noteFact(command.text, "HERE", origin)] : [];
    case "GATEWAY_TAGS": {
      if (command.type !== "ORDER_TAGS_UPDATE") return [];
      return [{ kind: "tags-kept", add: command.add, remove: command.remove }];
    }
    default:
      return [];
  }
}

/** A note of ours: by whom, for the shop's people only. */
export function noteFact(text: string, kept: "HERE" | "PUSHED", { actor, now }: Origin): LocalFact {
  const note = { text, author: actor.name, at: instant(now), customerVisible: false, kept };
  return { kind: "note-added", note };
}

function shipmentFacts(command: Command, partId: string | null, { now }: Origin): LocalFact[] {
  switch (command.type) {
    case "FULFILLMENT_CREATE": {
      const shippedAt = command.shippedAt ?? instant(now);
      return partId ? [{ kind: "shipment-kept", fulfillmentId: partId, shippedAt }] : [];
    }
    case "FULFILLMENT_TRACKING_UPDATE": {
      const { fulfillmentId, packages, replace } = command;
      return [{ kind: "shipment-tracked", fulfillmentId, packages, replace }];
    }
    case "FULFILLMENT_CANCEL":
      return [{ kind: "shipment-canceled", fulfillmentId: command.fulfillmentId }];
    default:
      return [];
  }
}

function workFacts(command: Command, { actor, now, causedBy }: Origin): LocalFact[] {
  switch (command.type) {
    case "FULFILLMENT_ORDER_HOLD": {
      const { fulfillmentOrderId, reason, note } = command;
      const who = { by: actor.name, since: instant(now), commandId: causedBy ?? null };
      return [{ kind: "hold-placed", fulfillmentOrderId, hold: { reason, note, ...who } }];
    }
    case "FULFILLMENT_ORDER_RELEASE": {
      const { fulfillmentOrderId, holdIds } = command;
      return [{ kind: "holds-released", fulfillmentOrderId, holdIds }];
    }
    case "FULFILLMENT_ORDER_MOVE": {
      const { fulfillmentOrderId, locationId } = command;
      return [{ kind: "work-moved", fulfillmentOrderId, locationId }];
    }
    default:
      return [];
  }
}

function scanFacts(command: Command): LocalFact[] {
  if (command.type !== "TRACKING_EVENT_ADD") return [];
  const { packageId, status, message, occurredAt } = command;
  const place = { city: null, region: null, country: null };
  const scan = { status, rawStatus: null, message, ...place, occurredAt, source: "MANUAL" };
  return [{ kind: "parcel-scanned", packageId, scan }];
}
