import type { Desk } from "../app.js";
import type { UserErrorData } from "../commands/face.js";
import type { Config } from "../config.js";
import { GatewayError } from "../domain/errors.js";
import { SCOPES, type Viewer } from "../domain/scope.js";

/** Who acts from the command line: whoever can read the database may do everything. */
export const operatorOf = (tenantId: string): Viewer => ({
  tenantId,
  keyId: "command-line",
  client: "command-line",
  name: "Command line",
  scopes: SCOPES,
  channelIds: null,
  expiresAt: null,
});

/** Throws what was refused, with the code of the first refusal; does nothing where nothing was. */
export function refuse(errors: readonly UserErrorData[]): void {
  const [first] = errors;
  if (first) throw new GatewayError(first.code, errors.map(({ message }) => message).join("\n"));
}

/** Works on keys and channels. The whole program is loaded only when a command needs it, so that help comes at once. */
export async function atDesk(config: Config, work: (desk: Desk) => Promise<void>): Promise<void> {
  const desk = await import("./desk.js");
  await desk.atDesk(config, work);
}
