import type {
  Disposition,
  ReturnFacts,
  ReturnLine,
  ReturnShipment,
  ReturnStage,
} from "../../domain/return.js";
import type { Native } from "../../domain/snapshot.js";
import { instant } from "../../domain/time.js";
import { bag } from "./bag.js";
import { readMarked } from "./marker.js";
import type {
  LineFragment,
  ReturnFragment,
  ReturnLineFragment,
  ReverseDeliveryFragment,
  ReverseLineFragment,
} from "./payload.js";
import { shippedLine } from "./read-return.js";
import { reasonOf } from "./return-reason.js";
import { type Words, wordOf } from "./status.js";

/** ReturnStatus */
const STAGE: Words<ReturnStage> = {
  CANCELED: "CANCELED",
  CLOSED: "CLOSED",
  DECLINED: "DECLINED",
  OPEN: "OPEN",
  REQUESTED: "REQUESTED",
};

/** ReverseFulfillmentOrderDispositionType */
const DISPOSITION: Words<Disposition> = {
  MISSING: "MISSING",
  NOT_RESTOCKED: "NOT_RESTOCKED",
  PROCESSING_REQUIRED: "PROCESSING",
  RESTOCKED: "RESTOCK",
};

/**
 * A return as the shop has it, in an order of these lines. Goods that stand in no line of the order are left out of it:
 * such as came from elsewhere, and such as are to be sent instead and wait for the rest to come back.
 */
export function translateReturn(
  row: ReturnFragment,
  ordered: readonly LineFragment[] = [],
): Native<ReturnFacts> {
  const stage = wordOf(STAGE, row.status, "OPEN");
  const reverse = row.reverseFulfillmentOrders.nodes;
  const disposed = new Disposed(reverse.flatMap(({ lineItems }) => lineItems.nodes));
  const lines = row.returnLineItems.nodes.flatMap((line) => translateLine(line, stage, disposed));
  const marker = row.returnLineItems.nodes.map((line) => noteOf(line).marker).find(Boolean);
  return {
    nativeId: row.id,
    name: row.name,
    stage,
    lines,
    shipments: reverse.flatMap(({ reverseDeliveries }) =>
      reverseDeliveries.nodes.map(translateShipment),
    ),
    requestedAt: instant(row.createdAt),
    note: row.decline ? row.decline.note || row.decline.reason : null,
    marker: marker ?? null,
    reopens: true,
    ...translateExchange(row, ordered),
  };
}

/** SKU, name and price stand in the order's line alone until 2026-10; a row that went out in parts has several, all alike. */
function translateExchange(
  { exchangeLineItems }: ReturnFragment,
  ordered: readonly LineFragment[],
): Pick<ReturnFacts, "exchangeLines"> {
  const exchangeLines = exchangeLineItems.nodes.flatMap(({ id, quantity, lineItems }) => {
    const line = ordered.find((each) => lineItems?.some((own) => own.id === each.id));
    if (!line) return [];
    const { sku, title: name, originalUnitPriceSet } = line;
    return [{ nativeId: id, sku: sku ?? "", name, quantity, unitPrice: bag(originalUnitPriceSet) }];
  });
  return exchangeLines.length > 0 ? { exchangeLines } : {};
}

/**
 * What came back is what was processed, or what it is decided of what becomes of, whichever is more: either can be done
 * without the other.
 */
function translateLine(
  line: ReturnLineFragment,
  stage: ReturnStage,
  disposed: Disposed,
): ReturnLine[] {
  const shipped = shippedLine(line);
  const { quantity } = line;
  if (!shipped) return [];
  const fate = disposed.take(shipped.id, quantity);
  const handle = line.returnReasonDefinition?.handle ?? null;
  return [
    {
      lineId: shipped.lineItem.id,
      nativeId: line.id,
      requested: quantity,
      approved: stage === "REQUESTED" || stage === "DECLINED" ? 0 : quantity,
      received: Math.max(line.processedQuantity, fate.units),
      rejected: 0,
      restocked: fate.restocked,
      reason: reasonOf(handle),
      rawReason: handle,
      note: noteOf(line).text,
      disposition: fate.last,
      resolution: "REFUND",
    },
  ];
}

function noteOf({ returnReasonNote, customerNote }: ReturnLineFragment) {
  return readMarked(returnReasonNote || customerNote);
}

/** What became of shipped lines; where two rows of a return are of the same one, the first takes first. */
class Disposed {
  readonly #left: { id: string; type: string; quantity: number }[];

  constructor(lines: readonly ReverseLineFragment[]) {
    this.#left = lines.flatMap(({ fulfillmentLineItem, dispositions }) =>
      [...dispositions]
        .sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt))
        .map(({ type, quantity }) => ({ id: fulfillmentLineItem?.id ?? "", type, quantity })),
    );
  }

  take(id: string, most: number): { units: number; restocked: number; last: Disposition | null } {
    const fate = { units: 0, restocked: 0, last: null as Disposition | null };
    for (const row of this.#left.filter((each) => each.id === id)) {
      const units = Math.min(row.quantity, most - fate.units);
      if (units <= 0) continue;
      row.quantity -= units;
      fate.units += units;
      if (row.type === "RESTOCKED") fate.restocked += units;
      fate.last = wordOf(DISPOSITION, row.type, "PROCESSING");
    }
    return fate;
  }
}

function translateShipment({ deliverable }: ReverseDeliveryFragment): ReturnShipment {
  const tracking = deliverable?.tracking;
  return {
    tracking: tracking?.number
      ? {
          number: tracking.number,
          carrier: tracking.carrierName,
          carrierCode: null,
          url: tracking.url,
          estimatedDeliveryAt: null,
        }
      : null,
    labelUrl: deliverable?.label?.publicFileUrl ?? null,
  };
}
