import { RestError } from "./errors.js";
import type { Arguments } from "./parameters.js";
import { editable, type Route } from "./router.js";

/** What a batch does with each of its items. */
export interface BatchActions {
  create: (given: Arguments, call: Parameters<Route["run"]>[0]) => unknown;
  update: (id: number, given: Arguments, call: Parameters<Route["run"]>[0]) => unknown;
  delete: (id: number, call: Parameters<Route["run"]>[0]) => unknown;
}

const limit = 100;

/**
 * A /batch route: always HTTP 200, each item the object or its error. Items are not validated as the
 * single routes validate theirs (measured: a status "bogus" was taken).
 */
export function batchRoute(path: string, actions: BatchActions): Route {
  return {
    methods: editable,
    path,
    guard: "batch",
    run: (call) => {
      const [creates, updates, deletes] = ["create", "update", "delete"].map((name) =>
        listOf(call.given[name]),
      );
      if ([creates, updates, deletes].flat().length > limit) {
        const message = `Unable to accept more than ${limit} items for this request.`;
        throw new RestError("woocommerce_rest_request_entity_too_large", message, 413);
      }
      const body = {
        ...(creates?.length && {
          create: creates.map((each) => attempt(0, () => actions.create(each as Arguments, call))),
        }),
        ...(updates?.length && {
          update: updates.map((each) => {
            const given = each as Arguments;
            return attempt(Number(given.id), () => actions.update(Number(given.id), given, call));
          }),
        }),
        ...(deletes?.length && {
          delete: deletes.map((each) => {
            const id = typeof each === "object" && each !== null ? (each as Arguments).id : each;
            return attempt(Number(id), () => actions.delete(Number(id), call));
          }),
        }),
      };
      return { body };
    },
  };
}

function listOf(given: unknown): unknown[] {
  return Array.isArray(given) ? given : [];
}

function attempt(id: number, act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    if (error instanceof RestError) return { id, error: error.toJSON() };
    throw error;
  }
}
