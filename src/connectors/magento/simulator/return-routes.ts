import { noEntity } from "./errors.js";
import type { Given } from "./input.js";
import {
  addReturnComment,
  commentShape,
  optionId,
  returnOptions,
  returnRow,
  returnShape,
  saveReturn,
  trackShape,
  viewReturn,
  viewReturnComment,
  viewReturnTrack,
} from "./returns.js";
import type { Call, Route } from "./router.js";
import { criteriaOf, found } from "./search.js";
import type { Order, Return } from "./state.js";

const resource = "Magento_Rma::magento_rma";
const parameters = { required: ["rma_data_object"], shape: { rma_data_object: returnShape } };
const columns = [
  "entity_id",
  "increment_id",
  "order_id",
  "order_increment_id",
  "store_id",
  "customer_id",
  "date_requested",
  "customer_custom_email",
  "status",
];

/** /V1/returns, of Adobe Commerce only; written from its schema, for no traffic was recorded. */
export const returnRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/returns",
    resource,
    run: (call) =>
      found(call.site, criteriaOf(call.site, call.query), {
        rows: call.site.data.returns,
        columns,
        row: (rma) => returnRow(orderOf(call, rma), rma),
        view: (rma) => viewReturn(orderOf(call, rma), rma),
      }),
  },
  {
    method: "POST",
    path: "/returns",
    resource,
    parameters,
    run: (call) => view(call, saveReturn(call.site, wishIn(call), null)),
  },
  { method: "GET", path: "/returns/:id", resource, run: (call) => view(call, returnIn(call)) },
  {
    method: "PUT",
    path: "/returns/:id",
    resource,
    parameters,
    run: (call) => view(call, saveReturn(call.site, wishIn(call), returnIn(call))),
  },
  {
    method: "DELETE",
    path: "/returns/:id",
    resource,
    run: (call) => {
      const gone = returnIn(call);
      call.site.data.returns = call.site.data.returns.filter((rma) => rma !== gone);
      call.site.changed();
      return true;
    },
  },
  {
    method: "GET",
    path: "/returns/:id/comments",
    resource,
    run: (call) => {
      const { id, comments } = returnIn(call);
      return listed(comments.map((comment) => viewReturnComment(id, comment)));
    },
  },
  {
    method: "POST",
    path: "/returns/:id/comments",
    resource,
    parameters: { required: ["data"], shape: { data: commentShape } },
    run: (call) => {
      const rma = returnIn(call);
      const data = call.given.data as Record<string, unknown>;
      addReturnComment(call.site, rma, data);
      return true;
    },
  },
  {
    method: "GET",
    path: "/returns/:id/tracking-numbers",
    resource,
    run: (call) => {
      const { id, tracks } = returnIn(call);
      return listed(tracks.map((track) => viewReturnTrack(id, track)));
    },
  },
  {
    method: "POST",
    path: "/returns/:id/tracking-numbers",
    resource,
    parameters: { required: ["track"], shape: { track: trackShape } },
    run: (call) => {
      const track = call.given.track as Record<string, unknown>;
      returnIn(call).tracks.push({
        id: call.site.nextId("magento_rma_shipping_label"),
        track_number: String(track.track_number ?? ""),
        carrier_title: String(track.carrier_title ?? ""),
        carrier_code: String(track.carrier_code ?? ""),
      });
      call.site.changed();
      return true;
    },
  },
  {
    method: "DELETE",
    path: "/returns/:id/tracking-numbers/:trackId",
    resource,
    run: (call) => {
      const rma = returnIn(call);
      rma.tracks = rma.tracks.filter(({ id }) => id !== call.id("trackId"));
      call.site.changed();
      return true;
    },
  },
  {
    method: "GET",
    path: "/returnsAttributeMetadata",
    resource,
    run: () => attributes,
  },
];

const attributes = Object.entries(returnOptions).map(([attribute_code, labels]) => ({
  attribute_code,
  frontend_input: "select",
  options: [
    { label: " ", value: "" },
    ...labels.map((label, index) => ({ label, value: optionId(attribute_code, index) })),
  ],
  required: true,
  visible: true,
  frontend_label: labelOf(attribute_code),
  store_label: labelOf(attribute_code),
  input_filter: "",
  validation_rules: [],
  multiline_count: 0,
  data_model: "",
  frontend_class: " required-entry",
  user_defined: false,
  sort_order: 10,
  note: "",
  system: true,
  backend_type: "int",
}));

function labelOf(attribute: string): string {
  return `${attribute.charAt(0).toUpperCase()}${attribute.slice(1)}`;
}

function wishIn({ given }: Call): Given {
  return given.rma_data_object as Given;
}

function returnIn({ site, id }: Call): Return {
  const rma = site.data.returns.find((each) => each.id === id("id"));
  if (!rma) throw noEntity();
  return rma;
}

function orderOf({ site }: Call, { orderId }: Return): Order {
  const order = site.data.orders[String(orderId)];
  if (!order) throw noEntity();
  return order;
}

function view(call: Call, rma: Return): unknown {
  return viewReturn(orderOf(call, rma), rma);
}

function listed(items: readonly unknown[]) {
  return { items, search_criteria: { filter_groups: [] }, total_count: items.length };
}
