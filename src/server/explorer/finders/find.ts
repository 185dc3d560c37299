import type { Candidate } from "../fill.js";

/** What candidates/find.graphql answers. */
interface Data {
  orders: { nodes: { lines: { nodes: { sku: string | null }[] } }[] };
}

/** What was sold last, to look for who else bought it. */
export function wordsToFind({ orders }: Data): Candidate[] {
  return orders.nodes
    .flatMap(({ lines }) => lines.nodes.flatMap(({ sku }) => (sku ? [sku] : [])))
    .map((sku) => ({
      about: `Orders with ${sku}, which was sold a moment ago.`,
      variables: { search: sku },
    }));
}
