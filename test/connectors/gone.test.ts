import { expect, it } from "vitest";
import { unlessGone } from "../../src/connectors/gone.js";
import { ChannelError } from "../../src/domain/errors.js";

const failing = (code: "NOT_FOUND" | "CHANNEL_UNAVAILABLE") => () =>
  Promise.reject(new ChannelError(code, "no", { mayHaveHappened: false }));

it("makes nothing of what a shop says is not there, and of nothing else", async () => {
  await expect(unlessGone(async () => "here")).resolves.toBe("here");
  await expect(unlessGone(failing("NOT_FOUND"))).resolves.toBeNull();
  await expect(unlessGone(failing("CHANNEL_UNAVAILABLE"))).rejects.toMatchObject({
    code: "CHANNEL_UNAVAILABLE",
  });
});
