import type { ChannelOperation, Support, UpstreamIdempotency } from "../../domain/channel.js";

/** How a shop does one thing, and what that takes. */
export type Row = [
  Support,
  UpstreamIdempotency,
  { scopes?: string[]; constraints?: string[]; note?: string }?,
];
export type Rows = Partial<Record<ChannelOperation, Row>>;
