import type { AuthChecker } from "type-graphql";
import type { Scope, Viewer } from "../domain/scope.js";
import type { Context } from "./context.js";
import { forbidden } from "./errors.js";

/** `@Authorized("A", "B")` asks for all of these scopes; `@Authorized()` for any key at all. */
export const authChecker: AuthChecker<Context, Scope> = ({ context }, scopes) => {
  for (const scope of scopes) requireScope(context.viewer, scope);
  return true;
};

/** Throws FORBIDDEN, naming the scope that is missing. */
export function requireScope(viewer: Viewer, scope: Scope, what = "This field"): void {
  if (!may(viewer, scope))
    throw forbidden(`${what} needs the scope ${scope}, which this key lacks`);
}

export function may(viewer: Viewer, scope: Scope): boolean {
  return viewer.scopes.includes(scope);
}

/** Whether personal data may be shown to this viewer. */
export function seesPeople(viewer: Viewer): boolean {
  return may(viewer, "PII_READ");
}

/** Whether the viewer's key reaches a channel; null stands for what belongs to no channel, which every key reaches. */
export function reaches(viewer: Viewer, channelId: string | null): boolean {
  return channelId === null || viewer.channelIds === null || viewer.channelIds.includes(channelId);
}
