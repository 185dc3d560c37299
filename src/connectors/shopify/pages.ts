import type { Client } from "./client.js";
import type { Operation } from "./operation.js";

/** One page of a connection. */
export interface Page<Row> {
  nodes: Row[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** A list that came with its first page, and how its others are asked for. */
interface Follow<Data, Row> {
  client: Client;
  page: Page<Row>;
  id: string;
  operation: Operation<Data, { id: string; after: string | null }>;
  pick: (data: Data) => Page<Row> | undefined;
  signal: AbortSignal | undefined;
}

/** Appends every further page to this one. */
export async function followPages<Data, Row>(from: Follow<Data, Row>): Promise<void> {
  const { client, page, id, operation, pick, signal } = from;
  while (page.pageInfo.hasNextPage) {
    const data = await client.call(operation, { id, after: page.pageInfo.endCursor }, signal);
    const next = pick(data);
    if (!next) return;
    page.nodes.push(...next.nodes);
    page.pageInfo = next.pageInfo;
  }
}
