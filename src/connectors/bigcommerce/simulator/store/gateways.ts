/** A way to pay, as the store has it set up. */
export interface Gateway {
  /** As an order names it in `payment_method`. */
  label: string;
  /** `method` of a transaction. */
  method: "credit_card" | "offline" | "custom";
  /** Only authorizes at checkout; the merchant captures. */
  authorizesOnly?: true;
}

export const gateways: Readonly<Record<string, Gateway>> = {
  testgateway: { label: "Test Payment Gateway", method: "credit_card" },
  stripe: { label: "Credit Card", method: "credit_card", authorizesOnly: true },
  bankdeposit: { label: "Bank Deposit", method: "offline" },
  custom: { label: "Manual", method: "custom" },
};

/** The gateway by the name that transactions and refunds give it. */
export function gatewayOf(name: string): Gateway {
  const gateway = gateways[name];
  if (gateway) return gateway;
  throw new RangeError(
    `the store takes no payment by "${name}"; it takes ${Object.keys(gateways).join(", ")}`,
  );
}

export const isOnline = (name: string): boolean => gatewayOf(name).method === "credit_card";
