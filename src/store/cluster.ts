import { execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmod,
  chown,
  mkdir,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import {
  type Binaries,
  blockedAt,
  findBinaries,
  findRunAs,
  makeShelter,
  type RunAs,
} from "./binaries.js";
import { EmbeddedPostgresError, startFailure } from "./errors.js";
import { isAlive } from "./process.js";

/** A PostgreSQL cluster on disk, ready to be started. */
export interface Cluster {
  /** PGDATA. */
  dir: string;
  passwords: Passwords;
  binaries: Binaries;
  runAs: RunAs | null;
}

/** Made once, at initdb; kept beside the data with mode 0600. */
interface Passwords {
  superuser: string;
  owner: string;
}

/**
 * The cluster under `dataDir/postgres`, made where there is none. A new one grows in a temporary folder and
 * appears by one rename: two first starts at once both succeed here and see the same cluster, and a start
 * that is broken off leaves nothing that looks like one.
 */
export async function openCluster(dataDir: string, options: InitOptions): Promise<Cluster> {
  const user = await findRunAs();
  const binaries = await findBinaries(user);
  const home = join(resolve(dataDir), "postgres");
  if (!(await exists(home))) {
    await mkdir(resolve(dataDir), { recursive: true });
    await makeCluster(home, binaries, user, options);
  }
  // PostgreSQL checks the owner and mode of its folder, and root may have laid it elsewhere behind a link.
  const dir = await realpath(join(home, "data"));
  const runAs = await ownerOf(dir, user);
  const passwords = JSON.parse(await readFile(join(home, "passwords.json"), "utf8")) as Passwords;
  return { dir, passwords, binaries, runAs };
}

export interface InitOptions {
  /** Data that nobody will miss: nothing is flushed to the disk. */
  throwaway: boolean;
  signal: AbortSignal;
}

async function makeCluster(
  home: string,
  binaries: Binaries,
  user: RunAs | null,
  options: InitOptions,
) {
  const dataDir = resolve(home, "..");
  await removeAbandoned(dataDir);
  const blocked = user && (await blockedAt(dataDir, user));
  const nursery = blocked ? await makeShelter(blocked) : dataDir;
  const young = join(nursery, `postgres.${process.pid}.${randomBytes(4).toString("hex")}`);
  try {
    await fill(young, binaries, user, options);
    // A folder is never renamed over one that holds something, and a link never replaces: the first one wins.
    await (blocked ? symlink(young, home) : rename(young, home));
  } catch (cause) {
    await rm(young, { recursive: true, force: true });
    if (!(await exists(home))) throw cause;
  }
}

async function fill(
  young: string,
  binaries: Binaries,
  user: RunAs | null,
  { throwaway, signal }: InitOptions,
) {
  const passwords: Passwords = { superuser: password(), owner: password() };
  const dir = join(young, "data");
  const passwordFile = join(young, "superuser");
  await mkdir(dir, { recursive: true });
  await chmod(young, 0o711);
  await chmod(dir, 0o700);
  await writeFile(join(young, "passwords.json"), JSON.stringify(passwords), { mode: 0o600 });
  await writeFile(passwordFile, passwords.superuser, { mode: 0o600 });
  if (user) await Promise.all([dir, passwordFile].map((path) => chown(path, user.uid, user.gid)));
  await initdb(binaries, user, signal, [
    `--pgdata=${dir}`,
    `--pwfile=${passwordFile}`,
    "--username=postgres",
    "--auth=scram-sha-256",
    // Named in full, or the cluster takes its encoding from LANG: SQL_ASCII where that is unset, a failure where it is not installed.
    "--encoding=UTF8",
    "--locale=C",
    "--lc-messages=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-instructions",
    ...(throwaway ? ["--no-sync"] : []),
  ]);
  await rm(passwordFile);
}

async function initdb(
  binaries: Binaries,
  user: RunAs | null,
  signal: AbortSignal,
  flags: string[],
) {
  const child = spawn(binaries.initdb, flags, {
    ...user,
    signal,
    cwd: "/",
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (chunk) => {
    said += String(chunk);
  });
  const code = await new Promise((done, failed) => child.once("error", failed).once("close", done));
  if (code !== 0) throw startFailure(binaries.packageName, `initdb ended with code ${code}`, said);
}

/** Root runs PostgreSQL as whoever owns the data; anybody else must own it. */
async function ownerOf(dir: string, user: RunAs | null): Promise<RunAs | null> {
  const { uid, gid } = await stat(dir);
  if (user && uid !== 0) return { uid, gid };
  if (user) {
    throw new EmbeddedPostgresError(
      "FOREIGN_DATA",
      `The data in ${dir} belongs to root, as whom PostgreSQL refuses to run: chown -R ${user.uid}:${user.gid} ${dir}`,
    );
  }
  if (process.getuid && uid !== process.getuid()) {
    throw new EmbeddedPostgresError(
      "FOREIGN_DATA",
      `The data in ${dir} belongs to ${await nameOf(uid)}, and PostgreSQL runs only for the owner: ` +
        `start as ${await nameOf(uid)}, chown the folder, or set DATA_DIR to another`,
    );
  }
  return null;
}

/** Half-made clusters whose maker was killed. */
async function removeAbandoned(dataDir: string) {
  for (const entry of await readdir(dataDir)) {
    const pid = /^postgres\.(\d+)\.[0-9a-f]+$/.exec(entry)?.[1];
    if (pid && !(await isAlive(Number(pid)))) {
      await rm(join(dataDir, entry), { recursive: true, force: true });
    }
  }
}

async function nameOf(uid: number): Promise<string> {
  return promisify(execFile)("id", ["-un", String(uid)]).then(
    ({ stdout }) => stdout.trim(),
    () => `user ${uid}`,
  );
}

function password(): string {
  return randomBytes(24).toString("base64url");
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
