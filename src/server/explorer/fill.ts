import type { Answer, Ask } from "./ask.js";

/** Variables that may fit an operation, and what they are about in words. */
export interface Candidate {
  about: string;
  variables: Readonly<Record<string, unknown>>;
}

/** How an operation comes to variables with which it works as it stands. */
export interface Finder {
  /** Asks the gateway for what may fit. */
  query: string;
  /** What may fit among the query's data, the best first. */
  candidates: (data: never) => Candidate[];
  /** Said where nothing fits: what is missing, and what would bring it. */
  none: string;
  /** Whether each candidate is tried by a dry run of the operation itself, which checks everything and changes nothing. */
  dryRun: boolean;
}

/** More dry runs than this would keep a person waiting. */
const TRIALS = 8;

/** What an operation's variables are filled with. */
export interface Filled {
  /** As people see them: a comment that tells what they are about, or why there are none, and the variables. */
  text: string;
  variables: Readonly<Record<string, unknown>>;
}

/** Finds variables with which an operation works. What the gateway refuses is told in its own words, never thrown. */
export async function fill(ask: Ask, operation: string, finder: Finder): Promise<Filled> {
  const { query, candidates, none, dryRun } = finder;
  try {
    const answer = await ask(query);
    if (!answer.data) return explained(none, refusalIn(answer));
    const found = candidates(answer.data as never).slice(0, TRIALS);
    let refusal: string | null = null;
    for (const candidate of found) {
      refusal = dryRun ? await trialOf(ask, operation, candidate) : null;
      if (refusal === null) return filled(candidate);
    }
    return explained(none, refusal);
  } catch (error) {
    return explained(none, error instanceof Error ? error.message : String(error));
  }
}

/** Why the operation would be refused with these variables; null where it would not. */
async function trialOf(
  ask: Ask,
  operation: string,
  { variables }: Candidate,
): Promise<string | null> {
  const options = { ...(variables.options as object | undefined), dryRun: true };
  return refusalIn(await ask(operation, { ...variables, options }));
}

interface Payload {
  userErrors?: { message: string }[];
}

/** The first thing that an answer complains of, be it the whole operation or what it asked for. */
function refusalIn({ data, errors }: Answer): string | null {
  const payloads = Object.values((data ?? {}) as Record<string, Payload | null>);
  const all = [...(errors ?? []), ...payloads.flatMap((payload) => payload?.userErrors ?? [])];
  return all[0]?.message ?? null;
}

function filled({ about, variables }: Candidate): Filled {
  return { text: `${comment(about)}\n${JSON.stringify(variables, null, 2)}`, variables };
}

/** A refusal says more than that nothing was found. */
function explained(none: string, refusal: string | null): Filled {
  const why = refusal === null ? none : `This cannot be run now. The gateway says: ${refusal}`;
  return { text: `${comment(why)}\n{}`, variables: {} };
}

/** As many characters as fit beside the numbers of lines in a window of usual width. */
const LINE = 54;

/** Lines of a comment, whatever a shop calls its goods: no name can end them. */
function comment(text: string): string {
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1) ?? "";
    if (line !== "" && line.length + word.length >= LINE) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines.map((line) => `// ${line}`).join("\n");
}
