/** The operations that change an order's own fields. */
import { mutation, query } from "./operation.js";
import type * as Api from "./payload.js";

export const orderNote = query<Api.OrderNoteQuery, Api.OrderNoteQueryVariables>(
  "query OrderNote($id: ID!) { order(id: $id) { note } }",
);

export const orderUpdate = mutation<Api.OrderUpdateMutation, Api.OrderUpdateMutationVariables>(
  `mutation OrderUpdate($input: OrderInput!) {
    orderUpdate(input: $input) { order { id } userErrors { field message } }
  }`,
);

export const tagsAdd = mutation<Api.TagsAddMutation, Api.TagsAddMutationVariables>(
  `mutation TagsAdd($id: ID!, $tags: [String!]!) {
    tagsAdd(id: $id, tags: $tags) { userErrors { field message } }
  }`,
);

export const tagsRemove = mutation<Api.TagsRemoveMutation, Api.TagsRemoveMutationVariables>(
  `mutation TagsRemove($id: ID!, $tags: [String!]!) {
    tagsRemove(id: $id, tags: $tags) { userErrors { field message } }
  }`,
);
