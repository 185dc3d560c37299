import { createHash } from "node:crypto";
import { dbTime } from "./clock.js";
import { ApiError, noEntity } from "./errors.js";
import type { Site } from "./site.js";
import type { Bulk } from "./state.js";

/** Takes wishes now and does them later, one after another, as a queue's consumer does. */
export interface Queue {
  add(bulk: Omit<Bulk, "startedAt">, run: readonly (() => unknown)[]): void;
}

export function createQueue(site: Site): Queue {
  return {
    add(wished, run) {
      const bulk: Bulk = { ...wished, startedAt: site.now() };
      site.data.bulks.push(bulk);
      site.changed();
      site.later(() => {
        for (const [index, operation] of bulk.operations.entries())
          Object.assign(operation, outcomeOf(run[index]));
        site.changed();
      });
    },
  };
}

interface Wishes {
  uuid: string;
  topic: string;
  wishes: readonly { input: unknown; run: () => unknown }[];
}

/** What a queued request answers at once: that every wish was accepted, whatever becomes of it. */
export function bulkOf(queue: Queue, { uuid, topic, wishes }: Wishes): unknown {
  const operations = wishes.map(({ input }) => ({
    input: JSON.stringify(input),
    status: 4 as const,
    message: null,
  }));
  const run = wishes.map((wish) => wish.run);
  queue.add({ uuid, topic, operations }, run);
  return {
    bulk_uuid: uuid,
    request_items: operations.map(({ input }, id) => ({
      id,
      data_hash: createHash("sha256").update(`${uuid}${id}${input}`).digest("hex"),
      status: "accepted",
    })),
    errors: false,
  };
}

/** GET /V1/bulk/:uuid/status, and with everything about each operation the detailed one. */
export function viewBulk({ data }: Site, uuid: string, isDetailed: boolean): unknown {
  const bulk = data.bulks.find((each) => each.uuid === uuid);
  if (!bulk) throw noEntity();
  const { topic, startedAt, operations } = bulk;
  return {
    operations_list: operations.map(({ input, status, message }, id) => ({
      id,
      ...(isDetailed && {
        bulk_uuid: uuid,
        topic_name: topic,
        serialized_data: JSON.stringify({
          entity_id: null,
          entity_link: "",
          meta_information: input,
          store_id: "1",
        }),
        result_serialized_data: null,
      }),
      status,
      result_message: message,
      error_code: status === 4 ? null : 0,
    })),
    user_type: 1,
    bulk_id: uuid,
    description: `Topic ${topic}`,
    start_time: dbTime(startedAt),
    user_id: 1,
    operation_count: operations.length,
  };
}

function outcomeOf(
  run: (() => unknown) | undefined,
): Pick<Bulk["operations"][number], "status" | "message"> {
  try {
    run?.();
    return { status: 1, message: "Service execution success" };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { status: 3, message: error.text };
  }
}
