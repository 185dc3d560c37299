import { ChannelError } from "../domain/errors.js";

/** Whether a shop says that what was asked for is not there. */
export function isGone(error: unknown): boolean {
  return error instanceof ChannelError && error.code === "NOT_FOUND";
}

/** What a shop says of something, or null where it says that it is not there. Throws what else goes wrong. */
export async function unlessGone<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}
