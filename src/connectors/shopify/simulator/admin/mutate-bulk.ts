import type { GraphQLSchema } from "graphql";
import { type Bulk, type BulkOperation, mostAtOnce } from "../bulk/operations.js";
import { readBulkQuery } from "../bulk/query.js";
import { gid } from "../shop/shop.js";
import type { Refusal } from "./asking.js";
import { connection, type Node } from "./nodes.js";
import type { PageArguments } from "./page.js";

/** Exports: asking for them, looking at them, ending them. */
export function bulkFields(bulk: Bulk, schema: GraphQLSchema) {
  const node = (operation: BulkOperation): Node => operationNode(bulk, operation);
  const refused = (refusal: Refusal) => ({ bulkOperation: null, userErrors: [refusal] });
  const find = (id: string) => bulk.all.find((each) => gid("BulkOperation", each.id) === id);

  return {
    bulkOperationRunQuery({ query, groupObjects }: { query: string; groupObjects: boolean }) {
      const running = bulk.all.filter(isUnderWay);
      const [first] = running;
      if (first && running.length >= mostAtOnce)
        return refused({
          field: null,
          message: `A bulk query operation for this app and shop is already in progress: ${gid("BulkOperation", first.id)}.`,
          code: "OPERATION_IN_PROGRESS",
        });
      const document = readBulkQuery(schema, query);
      if (typeof document === "string")
        return refused({ field: ["query"], message: document, code: "INVALID" });
      return { bulkOperation: node(bulk.start(document, query, groupObjects)), userErrors: [] };
    },
    bulkOperationCancel({ id }: { id: string }) {
      const operation = find(id);
      if (!operation) return refused({ field: ["id"], message: "Bulk operation does not exist" });
      if (!isUnderWay(operation))
        return refused({
          field: null,
          message: "A bulk operation cannot be canceled when it is completed",
        });
      bulk.cancel(operation);
      return { bulkOperation: node(operation), userErrors: [] };
    },
    bulkOperation({ id }: { id: string }) {
      const operation = find(id);
      return operation && node(operation);
    },
    bulkOperations: (given: PageArguments) => connection(bulk.all, given, node),
  };
}

const isUnderWay = ({ status }: BulkOperation): boolean =>
  status === "CREATED" || status === "RUNNING" || status === "CANCELING";

function operationNode(bulk: Bulk, operation: BulkOperation): Node {
  const url = bulk.urlOf(operation);
  const isWhole = operation.status === "COMPLETED";
  return {
    __typename: "BulkOperation",
    id: gid("BulkOperation", operation.id),
    type: "QUERY",
    query: operation.query,
    status: operation.status,
    errorCode: operation.errorCode,
    createdAt: operation.createdAt,
    completedAt: operation.completedAt,
    objectCount: String(operation.objects),
    rootObjectCount: String(operation.roots),
    fileSize: isWhole ? String(operation.bytes) : null,
    url: isWhole ? url : null,
    partialDataUrl: isWhole ? null : url,
  };
}
