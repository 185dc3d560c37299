/** A payment method as this shop has it. */
interface Method {
  title: string;
  /** Money moves through it; the others are offline, and their invoices cannot be refunded as such. */
  gateway: boolean;
  /** payment.additional_information: whatever the method keeps, in no order to rely on. */
  information: readonly string[];
}

const methods: Readonly<Record<string, Method>> = {
  checkmo: {
    title: "Check / Money order",
    gateway: false,
    information: ["Check / Money order"],
  },
  banktransfer: {
    title: "Bank Transfer Payment",
    gateway: false,
    information: ["Bank Transfer Payment", "Account 000-000, Sample Bank"],
  },
  braintree: {
    title: "Credit Card (Braintree)",
    gateway: true,
    information: ["Credit Card (Braintree)", "1111", "Visa", "authorized"],
  },
};
const fallback: Method = { title: "Payment", gateway: false, information: [] };

export function methodOf(code: string): Method {
  return methods[code] ?? fallback;
}
export function isGateway(code: string): boolean {
  return methodOf(code).gateway;
}
