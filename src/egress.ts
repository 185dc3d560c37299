import { lookup as resolve } from "node:dns";
import { BlockList, isIP, isIPv4, type LookupFunction } from "node:net";
import { Agent, buildConnector, fetch as undiciFetch } from "undici";
import { GatewayError } from "./domain/errors.js";

export interface EgressOptions {
  /** Lets addresses of this machine and of private networks through: for the demo, tests and shops at home. */
  allowPrivateHosts: boolean;
  /** How names become addresses; the system's resolver where absent. */
  lookup?: LookupFunction;
}

export interface Egress {
  /** As the global fetch, except that it goes nowhere private and follows no redirect. */
  fetch: typeof fetch;
  /** Closes kept connections. */
  close(): Promise<void>;
}

/**
 * The way out to addresses that people typed in. Each address that a name leads to is judged in the very lookup
 * whose answer is connected to, so that a name cannot change between the check and the call; one private address
 * among several refuses them all. Refusals are GatewayErrors in the cause of fetch's TypeError.
 */
export function createEgress({ allowPrivateHosts, lookup = resolve }: EgressOptions): Egress {
  const agent = new Agent({ connect: allowPrivateHosts ? {} : guardedConnector(lookup) });
  const guarded = async (input: string | URL | Request, init: RequestInit = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.protocol !== "http:" && url.protocol !== "https:")
      throw new TypeError("fetch failed", { cause: refused(url.protocol, "is not http or https") });
    const redirect = init.redirect === "manual" ? "manual" : "error";
    return undiciFetch(url.href, {
      ...(init as Parameters<typeof undiciFetch>[1]),
      redirect,
      dispatcher: agent,
    });
  };
  // Node's own fetch is undici's too; only the names of the types differ.
  return { fetch: guarded as unknown as typeof fetch, close: () => agent.close() };
}

/** Whether an address is one that anybody on the internet can be reached at. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  return family === 4 ? !NOT_PUBLIC.check(address, "ipv4") : isPublicIPv6(address);
}

/** IANA's special-purpose registries: nothing in these is a shop on the internet. */
const NOT_PUBLIC = blockList("ipv4", [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
]);
/**
 * Of IPv6 only global unicast is let through, which leaves out loopback, link-local, unique local and multicast, and
 * everything that carries an IPv4 address in disguise (mapped, NAT64); then without the tunnels and the examples.
 */
const GLOBAL_UNICAST = blockList("ipv6", [["2000::", 3]]);
const NOT_UNICAST = blockList("ipv6", [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
]);

function isPublicIPv6(address: string): boolean {
  if (address.includes("%")) return false;
  return GLOBAL_UNICAST.check(address, "ipv6") && !NOT_UNICAST.check(address, "ipv6");
}

function blockList(family: "ipv4" | "ipv6", subnets: [string, number][]): BlockList {
  const list = new BlockList();
  for (const [net, prefix] of subnets) list.addSubnet(net, prefix, family);
  return list;
}

/** Checks an address that stands in the URL itself, which is never looked up, and hands the rest to the guarded lookup. */
function guardedConnector(lookup: LookupFunction): buildConnector.connector {
  const connect = buildConnector({ lookup: guardLookup(lookup) });
  return (options, callback) => {
    const host = options.hostname.replace(/^\[|\]$/g, "");
    if (isIP(host) !== 0 && !isPublicAddress(host))
      return callback(refused(host, "is a private address"), null);
    return connect(options, callback);
  };
}

function guardLookup(lookup: LookupFunction): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, options, (error, found, family) => {
      if (error) return callback(error, found, family);
      const addresses = Array.isArray(found) ? found.map(({ address }) => address) : [found];
      const inside = addresses.find((address) => !isPublicAddress(address));
      if (inside === undefined && addresses.length > 0) return callback(null, found, family);
      const why = inside ? `leads to the private address ${inside}` : "leads to no address";
      callback(refused(hostname, why), "", isIPv4(inside ?? "") ? 4 : 6);
    });
  };
}

function refused(host: string, why: string): GatewayError {
  return new GatewayError(
    "INVALID_INPUT",
    `${host} ${why}; use the shop's public address, or set ALLOW_PRIVATE_HOSTS=true where shops in private networks are meant`,
  );
}
