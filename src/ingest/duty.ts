import type { Logger } from "pino";
import type { OpenChannel } from "../domain/channel.js";
import type { Recorder } from "../events/recorder.js";
import type { ChannelSync, Held } from "../store/channel-sync.js";
import type { Database } from "../store/db.js";

/** What every duty works with. */
export interface DutyContext {
  db: Database;
  recorder: Recorder;
  openChannel: OpenChannel;
  log: Logger;
  now: () => Date;
}

/** Something to be done for a channel by the one process that is in charge of it. */
export interface Duty {
  name: "backfill" | "poll" | "webhooks" | "probe" | "rederive" | "sweep";
  /** Whether failures in a row say how the channel is. */
  tellsHealth: boolean;
  due(sync: ChannelSync, now: Date): boolean;
  /** Ends early, quietly or by throwing, when the signal is given. Throws what went wrong. */
  run(held: Held, sync: ChannelSync, signal: AbortSignal): Promise<void>;
}
