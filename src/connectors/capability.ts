import type {
  Capability,
  ChannelOperation,
  Support,
  UpstreamIdempotency,
} from "../domain/channel.js";

/** How a shop does one thing, and what that takes. */
export type Row = [
  Support,
  UpstreamIdempotency,
  { scopes?: string[]; constraints?: string[]; note?: string }?,
];
export type Rows = Partial<Record<ChannelOperation, Row>>;

/** The capabilities that rows tell; what is `missing` of the permissions they take is not granted. */
export function capabilitiesBy(rows: Rows, missing: ReadonlySet<string>): Capability[] {
  return Object.entries(rows).map(([operation, [support, idempotent, words]]) => {
    const { scopes = [], constraints = [], note = null } = words ?? {};
    return {
      operation: operation as ChannelOperation,
      support,
      constraints,
      note,
      requiredScopes: scopes,
      granted: !scopes.some((scope) => missing.has(scope)),
      idempotent,
    };
  });
}
