import { type FormEvent, useState } from "react";
import { askWith } from "./ask.js";

const STORED = "tributary.key";

/** The key of this tab, kept until the tab is closed. */
export const storedKey = {
  read: () => sessionStorage.getItem(STORED),
  write: (key: string) => sessionStorage.setItem(STORED, key),
  forget: () => sessionStorage.removeItem(STORED),
};

interface KeyFormProps {
  onKey: (key: string) => void;
  /** Why the key before was not taken. */
  refused: string | null;
}

/** Asks for an API key and hands it on once the gateway takes it. */
export function KeyForm({ onKey, refused }: KeyFormProps) {
  const [refusal, setRefusal] = useState(refused);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const key = String(new FormData(event.currentTarget).get("key")).trim();
    try {
      await askWith(key)("{ __typename }");
      onKey(key);
    } catch (error) {
      setRefusal(error instanceof Error ? error.message : String(error));
    }
  }

  return (
    <form className="key-form" onSubmit={(event) => void submit(event)}>
      <h1>Tributary</h1>
      <p>One GraphQL API over all your shops. It opens with an API key.</p>
      <label htmlFor="key">API key</label>
      <input
        id="key"
        name="key"
        type="password"
        placeholder="trib_…"
        autoComplete="off"
        spellCheck={false}
        required
      />
      <button type="submit">Open</button>
      {refusal && <p role="alert">{refusal}</p>}
      <p className="hint">
        <code>npm start</code> prints one. Elsewhere: <code>tributary keys create</code>. It stays
        in this tab and goes to this gateway only.
      </p>
    </form>
  );
}
