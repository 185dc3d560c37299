/** What the gateway answers to one operation. */
export interface Answer<Data = unknown> {
  data?: Data | null;
  errors?: { message: string }[];
}

/** Sends one query or mutation on the page's own behalf. Rejects with Refused where the gateway takes none at all. */
export type Ask = <Data>(
  query: string,
  variables?: Readonly<Record<string, unknown>>,
) => Promise<Answer<Data>>;

/** The gateway does not answer, or not this key; the message is in its own words. */
export class Refused extends Error {}

/** Asks with a key, over HTTP. */
export function askWith(key: string): Ask {
  return async <Data>(query: string, variables = {}) => {
    const response = await fetch("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
      body: JSON.stringify({ query, variables }),
    }).catch((cause: unknown) => {
      throw new Refused("The gateway does not answer", { cause });
    });
    const answer = (await response.json().catch(() => ({}))) as Answer<Data>;
    const isAnswered = answer.data !== undefined || answer.errors !== undefined;
    if (isAnswered && response.status !== UNAUTHENTICATED) return answer;
    throw new Refused(answer.errors?.[0]?.message ?? `The gateway answered ${response.status}`);
  };
}

const UNAUTHENTICATED = 401;

/** Why the schema is not shown to this key, in the gateway's words; null where it is. Rejects with Refused. */
export async function whySchemaIsHidden(ask: Ask): Promise<string | null> {
  const { errors } = await ask("{ __schema { queryType { name } } }");
  return errors?.[0]?.message ?? null;
}
