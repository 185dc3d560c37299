import { batchRoute } from "./batch.js";
import { gmtTime, siteTime } from "./clock.js";
import { collectionParameters, filtered, paged } from "./collections.js";
import { invalidId, noTrash, RestError } from "./errors.js";
import type { Arguments, Parameters } from "./parameters.js";
import { creatable, deletable, editable, type Route, readable } from "./router.js";
import type { Site } from "./site.js";
import type { Webhook } from "./state.js";
import type { Webhooks } from "./webhooks.js";

const path = "/wc/v3/webhooks";
const statuses = ["active", "paused", "disabled"] as const;

/** WordPress hooks behind each order topic, as the API shows them. */
const hooks: Readonly<Record<string, readonly string[]>> = {
  "order.created": ["woocommerce_new_order"],
  "order.updated": ["woocommerce_update_order", "woocommerce_order_refunded"],
  "order.deleted": ["wp_trash_post", "woocommerce_trash_order"],
  "order.restored": ["untrashed_post", "woocommerce_untrash_order"],
  "product.updated": [
    "woocommerce_process_product_meta",
    "woocommerce_update_product",
    "woocommerce_update_product_variation",
  ],
};
const topics =
  /^(?:(?:order|product|customer|coupon)\.(?:created|updated|deleted|restored)|action\.woocommerce_\w+)$/;

const writeParameters: Parameters = {
  name: { type: "string" },
  status: { type: "string", enum: statuses },
  topic: { type: "string" },
  secret: { type: "string" },
  delivery_url: { type: "string" },
};

/** /wc/v3/webhooks. Only order topics are ever delivered by this simulator. */
export function webhookRoutes(webhooks: Webhooks): readonly Route[] {
  function create(site: Site, given: Arguments): Webhook {
    const now = site.now();
    const webhook: Webhook = {
      id: site.nextId("webhook"),
      name: `Webhook created on ${siteTime(now).replace("T", " ")}`,
      status: "active",
      topic: knownTopic(given.topic),
      deliveryUrl: usableUrl(given.delivery_url),
      secret: site.random.text(50),
      createdAt: now,
      modifiedAt: null,
    };
    write(webhook, given);
    site.data.webhooks.push(webhook);
    site.changed();
    webhooks.ping(webhook);
    return webhook;
  }

  function update(site: Site, id: number, given: Arguments): Webhook {
    const webhook = find(site, id, 400);
    write(webhook, given);
    if (given.topic !== undefined) webhook.topic = knownTopic(given.topic);
    if (given.delivery_url !== undefined) webhook.deliveryUrl = usableUrl(given.delivery_url);
    if (given.status === "active") webhooks.forget(webhook);
    webhook.modifiedAt = site.now();
    site.changed();
    return webhook;
  }

  function remove(site: Site, id: number): Record<string, unknown> {
    const webhook = find(site, id, 404);
    site.data.webhooks = site.data.webhooks.filter((each) => each !== webhook);
    webhooks.forget(webhook);
    site.changed();
    return viewWebhook(site, webhook);
  }

  return [
    batchRoute(`${path}/batch`, {
      create: (given, { site }) => viewWebhook(site, create(site, given)),
      update: (id, given, { site }) => viewWebhook(site, update(site, id, given)),
      delete: (id, { site }) => remove(site, id),
    }),
    {
      methods: readable,
      path,
      guard: "list",
      parameters: {
        ...collectionParameters,
        orderby: { type: "string", enum: ["date", "id", "title"], default: "date" },
        status: { type: "string", enum: ["all", ...statuses], default: "all" },
      },
      run: (call) => {
        const { site, args } = call;
        const wanted = site.data.webhooks.filter(
          ({ status }) => args.status === "all" || status === args.status,
        );
        return paged(call, path, filtered(wanted, call), (webhook) => viewWebhook(site, webhook));
      },
    },
    {
      methods: creatable,
      path,
      guard: "create",
      parameters: writeParameters,
      run: ({ site, args }) => {
        const webhook = create(site, args);
        // The ping's answer is what first modifies a webhook, and it comes after this.
        const body = viewWebhook(site, webhook);
        webhook.modifiedAt = site.now();
        return {
          status: 201,
          body,
          headers: { location: `${site.url}/wp-json${path}/${webhook.id}` },
        };
      },
    },
    {
      methods: readable,
      path: `${path}/(?P<id>[\\d]+)`,
      guard: "view",
      run: ({ site, args }) => ({ body: viewWebhook(site, find(site, Number(args.id), 404)) }),
    },
    {
      methods: editable,
      path: `${path}/(?P<id>[\\d]+)`,
      guard: "edit",
      parameters: writeParameters,
      run: ({ site, args }) => ({ body: viewWebhook(site, update(site, Number(args.id), args)) }),
    },
    {
      methods: deletable,
      path: `${path}/(?P<id>[\\d]+)`,
      guard: "delete",
      parameters: { force: { type: "boolean", default: false } },
      run: ({ site, args }) => {
        if (args.force !== true) throw noTrash("Webhooks do not support trashing.");
        return { body: remove(site, Number(args.id)) };
      },
    },
  ];
}

function find({ data }: Site, id: number, status: 400 | 404): Webhook {
  const webhook = data.webhooks.find((each) => each.id === id);
  if (!webhook) throw invalidId("shop_webhook", status);
  return webhook;
}

function write(webhook: Webhook, { name, status, secret }: Arguments): void {
  if (typeof name === "string" && name !== "") webhook.name = name;
  if (typeof secret === "string" && secret !== "") webhook.secret = secret;
  const known = statuses.find((each) => each === status);
  if (known) webhook.status = known;
}

function knownTopic(given: unknown): string {
  if (typeof given === "string" && topics.test(given)) return given;
  const message = "Webhook topic is required and must be valid.";
  throw new RestError("woocommerce_rest_shop_webhook_invalid_topic", message, 400);
}

/** Any http or https URL is taken here; whether it may be reached shows at delivery. */
function usableUrl(given: unknown): string {
  if (typeof given === "string" && /^https?:\/\//i.test(given) && URL.canParse(given)) return given;
  const message = "Webhook delivery URL must be a valid URL starting with http:// or https://.";
  throw new RestError("woocommerce_rest_shop_webhook_invalid_delivery_url", message, 400);
}

/** Without the secret, which is never given back, and without the failures. */
function viewWebhook({ url }: Site, webhook: Webhook): Record<string, unknown> {
  const { id, name, status, topic, deliveryUrl, createdAt, modifiedAt } = webhook;
  const [resource = "", event = ""] = topic.split(".");
  const collection = `${url}/wp-json${path}`;
  const allow = ["GET", "POST", "PUT", "PATCH", "DELETE"];
  return {
    id,
    name,
    status,
    topic,
    resource,
    event,
    hooks: resource === "action" ? [event] : (hooks[topic] ?? []),
    delivery_url: deliveryUrl,
    date_created: siteTime(createdAt),
    date_created_gmt: gmtTime(createdAt),
    date_modified: modifiedAt === null ? null : siteTime(modifiedAt),
    date_modified_gmt: modifiedAt === null ? null : gmtTime(modifiedAt),
    _links: {
      self: [{ href: `${collection}/${id}`, targetHints: { allow } }],
      collection: [{ href: collection }],
    },
  };
}
