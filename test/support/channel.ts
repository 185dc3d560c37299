import type { Database } from "../../src/store/db.js";
import { channels, tenants } from "../../src/store/tables.js";

/** Puts a tenant and a connected shop into a test database, without any shop behind it. */
export async function insertChannel(
  db: Database,
  tenantId: string,
  channelId: string,
  platform = "WOOCOMMERCE",
): Promise<void> {
  await db.asSystem(async (tx) => {
    await tx.insert(tenants).values({ tenantId, name: tenantId }).onConflictDoNothing();
    await tx.insert(channels).values({
      tenantId,
      id: channelId,
      platform,
      name: "Test shop",
      sealed: "",
      probe: {
        shopName: "Test shop",
        currency: "EUR",
        timezone: "UTC",
        platformVersion: null,
        externalUrl: `https://${channelId}.example.com`,
        capabilities: [],
        locations: [],
        findings: {},
      },
      capabilities: [],
      currency: "EUR",
      timezone: "UTC",
      externalUrl: `https://${channelId}.example.com`,
    });
  });
}
