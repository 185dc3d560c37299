import { createSubmitAll } from "./batch.js";
import type { Commands } from "./face.js";
import { createResolve, type ResolveParts } from "./resolve.js";
import { createSubmit, type SubmitParts } from "./submit.js";

export { createRefunds } from "./quote.js";

/** Everything an API can ask of commands. */
export function createCommands(parts: SubmitParts & ResolveParts): Commands {
  const submit = createSubmit(parts);
  return { submit, submitAll: createSubmitAll(parts, submit), ...createResolve(parts) };
}
