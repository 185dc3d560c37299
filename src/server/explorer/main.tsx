import "./workers.js";
import "graphiql/style.css";
import "./page.css";
import { StrictMode, useCallback, useState } from "react";
import { createRoot } from "react-dom/client";
import { Explorer } from "./explorer.js";
import { KeyForm, storedKey } from "./key.js";

/** The page: a question for the key, then the explorer with that key. */
function Page() {
  const [key, setKey] = useState(storedKey.read);
  const [refusal, setRefusal] = useState<string | null>(null);

  function open(given: string) {
    storedKey.write(given);
    setKey(given);
  }
  const leave = useCallback((why?: string) => {
    storedKey.forget();
    setRefusal(why ?? null);
    setKey(null);
  }, []);

  if (key === null) return <KeyForm onKey={open} refused={refusal} />;
  return <Explorer apiKey={key} onLeave={leave} />;
}

const root = document.getElementById("root");
if (!root) throw new Error("The page has no element with the id root");
createRoot(root).render(
  <StrictMode>
    <Page />
  </StrictMode>,
);
