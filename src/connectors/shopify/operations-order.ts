/** The operations that change an order's own fields. */
import { mutation, query } from "./operation.js";
import type { UserErrorPayload } from "./payload.js";

interface Id {
  id: string;
}

export const orderNote = query<{ order: { note: string | null } | null }, Id>(
  "query OrderNote($id: ID!) { order(id: $id) { note } }",
);

export const orderUpdate = mutation<
  { orderUpdate: { order: Id | null; userErrors: UserErrorPayload[] } | null },
  { input: { id: string; note?: string; shippingAddress?: MailingAddressInput } }
>(
  `mutation OrderUpdate($input: OrderInput!) {
    orderUpdate(input: $input) { order { id } userErrors { field message } }
  }`,
);

/** A whole address; null empties a part. The names of country and province are deprecated there in favour of their codes. */
export interface MailingAddressInput {
  firstName: string | null;
  lastName: string | null;
  company: string | null;
  address1: string | null;
  address2: string | null;
  city: string | null;
  provinceCode: string | null;
  zip: string | null;
  countryCode: string | null;
  phone: string | null;
}

interface Tagged {
  node: Id | null;
  userErrors: UserErrorPayload[];
}

export const tagsAdd = mutation<{ tagsAdd: Tagged | null }, { id: string; tags: string[] }>(
  `mutation TagsAdd($id: ID!, $tags: [String!]!) {
    tagsAdd(id: $id, tags: $tags) { node { id } userErrors { field message } }
  }`,
);

export const tagsRemove = mutation<{ tagsRemove: Tagged | null }, { id: string; tags: string[] }>(
  `mutation TagsRemove($id: ID!, $tags: [String!]!) {
    tagsRemove(id: $id, tags: $tags) { node { id } userErrors { field message } }
  }`,
);
