import { GraphiQL } from "graphiql";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { type Ask, askWith, whySchemaIsHidden } from "./ask.js";
import { type Coming, connect } from "./connection.js";
import { Filling } from "./filling.js";
import { OPENINGS } from "./openings.js";

const TABS = OPENINGS.map(({ query }) => ({ query }));

/** GraphiQL with a key. Leaves, with the reason where there is one, when the gateway takes the key no more. */
export function Explorer({ apiKey, onLeave }: { apiKey: string; onLeave: (why?: string) => void }) {
  const coming = useMemo<Coming>(() => new Map(), []);
  const fetcher = useMemo(() => connect(apiKey, coming), [apiKey, coming]);
  const ask = useMemo(() => askWith(apiKey), [apiKey]);
  const hidden = useWhySchemaIsHidden(ask, onLeave);
  if (hidden === undefined) return null;
  // null: there is no schema, and none is asked for; undefined: GraphiQL asks for it.
  const schema = hidden === null ? undefined : null;
  return (
    <>
      <KeyBar apiKey={apiKey} onLeave={() => onLeave()}>
        {hidden !== null && (
          <span role="status">The schema cannot be shown, but operations run. {hidden}.</span>
        )}
      </KeyBar>
      <GraphiQL
        fetcher={fetcher}
        schema={schema}
        referencePlugin={schema}
        defaultTabs={TABS}
        defaultEditorToolsVisibility="variables"
        inputValueDeprecation
        schemaDescription
      >
        <GraphiQL.Logo>Tributary</GraphiQL.Logo>
        <GraphiQL.Toolbar>
          {({ prettify, merge, copy }) => (
            <>
              <Filling ask={ask} coming={coming} />
              {prettify}
              {merge}
              {copy}
            </>
          )}
        </GraphiQL.Toolbar>
      </GraphiQL>
    </>
  );
}

/** undefined until the gateway says. */
function useWhySchemaIsHidden(ask: Ask, onLeave: (why: string) => void) {
  const [hidden, setHidden] = useState<string | null>();
  useEffect(() => {
    whySchemaIsHidden(ask).then(setHidden, (error: Error) => onLeave(error.message));
  }, [ask, onLeave]);
  return hidden;
}

interface KeyBarProps {
  apiKey: string;
  onLeave: () => void;
  children: ReactNode;
}

function KeyBar({ apiKey, onLeave, children }: KeyBarProps) {
  return (
    <header className="key-bar">
      <strong>Tributary</strong>
      <span>
        key <code>{apiKey.slice(0, 11)}…</code>
      </span>
      {children}
      <button type="button" onClick={onLeave}>
        use another key
      </button>
    </header>
  );
}
