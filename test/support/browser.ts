import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const PLACES = [
  process.env.CHROMIUM_PATH,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];

/** Where this machine has Chromium, or undefined where it has none. */
export const chromiumPath: string | undefined = PLACES.find(
  (path): path is string => path !== undefined && existsSync(path),
);

if (!chromiumPath) {
  console.warn(
    "skipped: tests in a browser, since there is no Chromium; install it (apt-get install chromium) or set CHROMIUM_PATH",
  );
}

/** A browser that reaches loopback only: every other name does not exist. */
export function startBrowser() {
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ],
  });
}
