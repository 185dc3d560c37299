import "./workers";
import "graphiql/style.css";
import "./page.css";
import { GraphiQL } from "graphiql";
import { StrictMode, useMemo, useState } from "react";
import { createRoot } from "react-dom/client";
import { connect } from "./connection";
import { KeyForm, storedKey } from "./key";
import follow from "./operations/follow.graphql";
import orders from "./operations/orders.graphql";
import ship from "./operations/ship.graphql";

const OPENING_TABS = [
  { query: orders },
  { query: follow },
  { query: ship, variables: JSON.stringify({ orderId: "order_…" }, null, 2) },
];

/** The page: a question for the key, then GraphiQL with that key. */
function Page() {
  const [key, setKey] = useState(storedKey.read);

  function open(given: string) {
    storedKey.write(given);
    setKey(given);
  }
  function leave() {
    storedKey.forget();
    setKey(null);
  }

  return key === null ? <KeyForm onKey={open} /> : <Explorer apiKey={key} onLeave={leave} />;
}

function Explorer({ apiKey, onLeave }: { apiKey: string; onLeave: () => void }) {
  const fetcher = useMemo(() => connect(apiKey), [apiKey]);
  return (
    <>
      <header className="key-bar">
        <strong>Tributary</strong>
        <span>
          key <code>{apiKey.slice(0, 11)}…</code>
        </span>
        <button type="button" onClick={onLeave}>
          use another key
        </button>
      </header>
      <GraphiQL
        fetcher={fetcher}
        defaultTabs={OPENING_TABS}
        defaultEditorToolsVisibility="variables"
        inputValueDeprecation
        schemaDescription
      >
        <GraphiQL.Logo>Tributary</GraphiQL.Logo>
      </GraphiQL>
    </>
  );
}

const root = document.getElementById("root");
if (!root) throw new Error("The page has no element with the id root");
createRoot(root).render(
  <StrictMode>
    <Page />
  </StrictMode>,
);
