import { createServer, type Server } from "node:http";
import type { AddressInfo, LookupFunction } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createEgress, type Egress, isPublicAddress } from "../src/egress.js";

let server: Server;
let port: number;
let heard: string[] = [];
const opened: Egress[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    heard.push(request.url ?? "");
    if (request.url === "/moved") response.writeHead(302, { location: "/private" });
    response.end("inside");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  port = (server.address() as AddressInfo).port;
});
beforeEach(() => {
  heard = [];
});
afterAll(async () => {
  for (const egress of opened) await egress.close();
  await new Promise((done) => server.close(done));
});

describe("The way out", () => {
  it.each([
    ["loopback", "127.0.0.1"],
    ["loopback in decimal", "2130706433"],
    ["loopback in hexadecimal", "0x7f000001"],
    ["loopback in octal", "0177.0.0.1"],
    ["loopback cut short", "127.1"],
    ["zero", "0"],
    ["full-width digits", "１２７.０.０.１"],
    ["a trailing dot", "127.0.0.1."],
    ["IPv6 loopback", "[::1]"],
    ["IPv6 unspecified", "[::]"],
    ["IPv4 mapped into IPv6", "[::ffff:127.0.0.1]"],
    ["the same in hexadecimal", "[::ffff:7f00:1]"],
    ["NAT64", "[64:ff9b::7f00:1]"],
    ["6to4", "[2002:7f00:1::]"],
    ["IPv6 link-local", "[fe80::1]"],
    ["IPv6 unique local", "[fd12:3456::1]"],
    ["cloud metadata", "169.254.169.254"],
    ["a private network", "10.0.0.1"],
    ["carrier NAT", "100.64.0.1"],
    ["broadcast", "255.255.255.255"],
  ])("refuses %s as an address in the URL (%s)", async (_what, host) => {
    await expectRefused(guarded({}), `http://${host}:${port}/`);
  });

  it.each([
    ["loopback", ["127.0.0.1"]],
    ["IPv6 loopback", ["::1"]],
    ["mapped loopback", ["::ffff:127.0.0.1"]],
    ["a private network", ["192.168.1.10"]],
    ["a public address and a private one beside it", ["93.184.215.14", "127.0.0.1"]],
    ["no address at all", []],
  ])("refuses a name that leads to %s", async (_what, addresses) => {
    await expectRefused(guarded({ "shop.example": addresses }), `http://shop.example:${port}/`);
  });

  it("refuses localhost as the system's own resolver knows it", async () => {
    const egress = keep(createEgress({ allowPrivateHosts: false }));
    await expectRefused(egress, `http://localhost:${port}/`);
  });

  it("looks a name up for each connection, so that what it led to before counts for nothing", async () => {
    const answers = [[], ["127.0.0.1"], ["10.0.0.1"]];
    const lookup = fakeLookup(() => answers.shift() ?? []);
    const egress = keep(createEgress({ allowPrivateHosts: false, lookup }));
    for (const why of [/no address/, /private address 127.0.0.1/, /private address 10.0.0.1/]) {
      const error = await egress.fetch(`http://turns.example:${port}/`).catch((e: Error) => e);
      expect(String((error as Error).cause)).toMatch(why);
    }
    expect(answers).toEqual([]);
  });

  it.each(["file:///etc/passwd", "data:text/plain,inside", "ftp://shop.example/"])(
    "refuses %s, which is not http",
    async (url) => {
      await expect(guarded({}).fetch(url)).rejects.toMatchObject({
        cause: { message: expect.stringMatching(/not http or https/) },
      });
    },
  );

  it("goes to private addresses where that is allowed", async () => {
    const egress = keep(createEgress({ allowPrivateHosts: true }));
    const response = await egress.fetch(`http://127.0.0.1:${port}/orders`);
    expect(await response.text()).toBe("inside");
    expect(heard).toEqual(["/orders"]);
  });

  it("follows no redirect, even where a caller asks for it", async () => {
    const egress = keep(createEgress({ allowPrivateHosts: true }));
    await expect(
      egress.fetch(`http://127.0.0.1:${port}/moved`, { redirect: "follow" }),
    ).rejects.toThrow();
    const manual = await egress.fetch(`http://127.0.0.1:${port}/moved`, { redirect: "manual" });
    expect(manual.status).toBe(302);
    expect(heard).toEqual(["/moved", "/moved"]);
  });
});

describe("A public address", () => {
  it.each(["8.8.8.8", "93.184.215.14", "2606:4700:4700::1111", "2a00:1450:4001:80b::200e"])(
    "is %s",
    (address) => expect(isPublicAddress(address)).toBe(true),
  );
  it.each(["", "shop.example", "fe80::1%eth0", "2001:db8::1", "ff02::1", "224.0.0.1", "::"])(
    "is not %j",
    (address) => expect(isPublicAddress(address)).toBe(false),
  );
});

function guarded(names: Record<string, string[]>): Egress {
  return keep(
    createEgress({ allowPrivateHosts: false, lookup: fakeLookup((name) => names[name] ?? []) }),
  );
}

function keep(egress: Egress): Egress {
  opened.push(egress);
  return egress;
}

/** A resolver that knows what it is told, in the shape of dns.lookup with and without `all`. */
function fakeLookup(answer: (hostname: string) => string[]): LookupFunction {
  return (hostname, options, callback) => {
    const found = answer(hostname).map((address) => ({
      address,
      family: address.includes(":") ? 6 : 4,
    }));
    if (options.all) return callback(null, found);
    const [first] = found;
    callback(null, first?.address ?? "", first?.family ?? 4);
  };
}

async function expectRefused(egress: Egress, url: string): Promise<void> {
  const error = await egress.fetch(url).catch((thrown: Error) => thrown);
  expect(error).toBeInstanceOf(TypeError);
  expect(String((error as Error).cause)).toMatch(/private address|leads to no address/);
  expect(heard).toEqual([]);
}
