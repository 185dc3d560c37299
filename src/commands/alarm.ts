import type { Logger } from "pino";
import { doneTwice, twiceAnomaly } from "../domain/twice.js";
import type { RecorderParts } from "../events/record.js";

/** Told of a write that a shop carried out more than once. */
export type Alarm = (what: { orderId: string; marker: string; message: string }) => void;

/** The one alarm: an error in the log, and a count that must stay 0. The order shows it as an anomaly. */
export function createAlarm(log: Logger, count: () => void): Alarm {
  return ({ message, ...of }) => {
    count();
    log.error(of, message);
  };
}

type OnRecorded = NonNullable<RecorderParts["onRecorded"]>;

/**
 * Raises the alarm as soon as an order shows two parts of one marker. No look and no wait can rule that out: a shop may
 * carry out a write later than it ever says.
 */
export function watchingDoubles(alarm: Alarm, follow: OnRecorded): OnRecorded {
  return (tx, tenantId, changed, origin) => {
    for (const { order, before } of changed) {
      const known = new Set((before ? doneTwice(before) : []).map(({ marker }) => marker));
      for (const twice of doneTwice(order))
        if (!known.has(twice.marker))
          alarm({ orderId: order.id, marker: twice.marker, message: twiceAnomaly(twice).message });
    }
    return follow(tx, tenantId, changed, origin);
  };
}
