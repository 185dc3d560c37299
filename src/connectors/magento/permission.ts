import type { Magento, MagentoRequest } from "./client.js";
import { isRefusedAccess, type MagentoAnswer } from "./refusal.js";

/** One resource of Magento's access list that the connector wants of its integration. */
interface Permission {
  /** As `webapi.xml` names it. */
  resource: string;
  /** As the integration's API tab shows it. */
  title: string;
  /** Asked with it; a write is about an order that cannot exist, so nothing is written whatever the answer. */
  ask: Pick<MagentoRequest, "method" | "path" | "query" | "body">;
}

const ONE: Record<string, string> = {
  "searchCriteria[pageSize]": "1",
  fields: "items[entity_id],total_count",
};
const OPERATIONS = "Sales > Operations";

/** Without these no order is whole, nor is known in which currency and time zone the shop counts. */
export const READING: readonly Permission[] = [
  {
    resource: "Magento_Sales::actions_view",
    title: `${OPERATIONS} > Orders > Actions > View`,
    ask: { method: "GET", path: "/orders", query: ONE },
  },
  {
    resource: "Magento_Sales::shipment",
    title: `${OPERATIONS} > Shipments`,
    ask: { method: "GET", path: "/shipments", query: ONE },
  },
  {
    resource: "Magento_Sales::sales_invoice",
    title: `${OPERATIONS} > Invoices`,
    ask: { method: "GET", path: "/invoices", query: ONE },
  },
  {
    resource: "Magento_Sales::sales_creditmemo",
    title: `${OPERATIONS} > Credit Memos`,
    ask: { method: "GET", path: "/creditmemos", query: ONE },
  },
  {
    resource: "Magento_Backend::store",
    title: "Stores > Settings > All Stores",
    ask: { method: "GET", path: "/store/storeConfigs" },
  },
];

/** Without these a shop is read and what takes them is not granted. */
export const WRITING: readonly Permission[] = [
  {
    resource: "Magento_Sales::ship",
    title: `${OPERATIONS} > Orders > Actions > Ship`,
    ask: { method: "POST", path: "/order/0/ship", body: {} },
  },
  {
    resource: "Magento_Sales::cancel",
    title: `${OPERATIONS} > Orders > Actions > Cancel`,
    ask: { method: "POST", path: "/orders/0/cancel" },
  },
  {
    resource: "Magento_Sales::creditmemo",
    title: `${OPERATIONS} > Orders > Actions > Credit Memos`,
    ask: { method: "POST", path: "/order/0/refund", body: {} },
  },
  {
    resource: "Magento_Sales::comment",
    title: `${OPERATIONS} > Orders > Actions > Comment`,
    ask: { method: "POST", path: "/orders/0/comments", body: {} },
  },
  {
    resource: "Magento_Sales::hold",
    title: `${OPERATIONS} > Orders > Actions > Hold`,
    ask: { method: "POST", path: "/orders/0/hold" },
  },
  {
    resource: "Magento_Sales::unhold",
    title: `${OPERATIONS} > Orders > Actions > Unhold`,
    ask: { method: "POST", path: "/orders/0/unhold" },
  },
  {
    resource: "Magento_Sales::create",
    title: `${OPERATIONS} > Orders > Actions > Create`,
    ask: { method: "PUT", path: "/orders/0", body: {} },
  },
];

/** Returns, of Adobe Commerce; a shop without them answers that it knows no such route. */
export const RETURNS: Permission = {
  resource: "Magento_Rma::magento_rma",
  title: `${OPERATIONS} > Returns`,
  ask: { method: "GET", path: "/returns", query: ONE },
};

/** Answers to the permissions' questions, in their order. */
export async function ask(
  magento: Magento,
  permissions: readonly Permission[],
  signal?: AbortSignal,
): Promise<{ permission: Permission; answer: MagentoAnswer; isMissing: boolean }[]> {
  return Promise.all(
    permissions.map(async (permission) => {
      const answer = await magento.call({ ...permission.ask, signal });
      return { permission, answer, isMissing: isRefusedAccess(answer) };
    }),
  );
}
