import type { Channel, OpenChannel } from "../domain/channel.js";
import { NotFound } from "../domain/errors.js";
import type { Refused } from "./check/scene.js";
import { basic } from "./refusal.js";

/** The shop of an order, open; refused where it was disconnected. */
export async function openFor(
  { openChannel }: { openChannel: OpenChannel },
  tenantId: string,
  channelId: string,
): Promise<{ channel: Channel } | Refused> {
  try {
    return { channel: await openChannel(tenantId, channelId) };
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    const message = `channel ${channelId} is disconnected; its orders can be read, not changed`;
    return { errors: [basic("CHANNEL_UNAVAILABLE", message, null)] };
  }
}
