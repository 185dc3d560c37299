import { once } from "node:events";
import { createConnection, type Socket } from "node:net";
import type postgres from "postgres";

/** postgres.js takes a socket of ours, which its types do not say. */
export interface SocketOption {
  socket: () => Promise<Socket>;
}

/** A TCP or Unix connection to the first host of a client's options. Rejects with the system's error. */
export async function dial({ host, port, path }: postgres.ParsedOptions): Promise<Socket> {
  const socket = path
    ? createConnection(path)
    : createConnection({ port: port[0] ?? 5432, host: host[0] });
  await once(socket, "connect");
  // The driver takes the name for TLS from here.
  return Object.assign(socket, { host: host[0] });
}
