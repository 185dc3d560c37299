import { ReloadIcon, ToolbarButton, useGraphiQL, useGraphiQLActions } from "@graphiql/react";
import { useCallback, useEffect, useRef } from "react";
import type { Ask } from "./ask.js";
import type { Coming } from "./connection.js";
import { fill } from "./fill.js";
import { OPENINGS } from "./openings.js";
import { written } from "./written.js";

const LOOKING = "// Looking for something that fits …";

/**
 * Fills in the variables of an opening operation when its tab comes to the front, and shows the button that does so
 * once more. What a person wrote there is left alone by the former, and a query that they changed by both.
 */
export function Filling({ ask, coming }: { ask: Ask; coming: Coming }) {
  const { tab, query, editor } = useGraphiQL(({ tabs, activeTabIndex, variableEditor }) => ({
    tab: tabs[activeTabIndex]?.id,
    query: tabs[activeTabIndex]?.query ?? "",
    editor: variableEditor,
  }));
  const { updateActiveTabValues } = useGraphiQLActions();
  const opening = OPENINGS.find((each) => each.query.trim() === query.trim());
  const front = useRef(tab);
  front.current = tab;

  const refill = useCallback(async () => {
    if (!opening?.finder || !editor) return;
    const show = (text: string) => {
      editor.setValue(text);
      updateActiveTabValues({ variables: text });
      written.remember(opening.query, text);
    };
    show(LOOKING);
    const filling = fill(ask, opening.query, opening.finder);
    coming.set(query, filling);
    const { text } = await filling;
    if (coming.get(query) === filling) coming.delete(query);
    // Another tab may be in front by now, or somebody began to write.
    if (front.current === tab && editor.getValue() === LOOKING) show(text);
  }, [ask, coming, opening, query, editor, tab, updateActiveTabValues]);

  useEffect(() => {
    if (!opening || !editor) return;
    const held = editor.getValue();
    if (held.trim() === "" || written.isOurs(opening.query, held)) void refill();
  }, [opening, editor, refill]);

  if (!opening?.finder) return null;
  return (
    <ToolbarButton
      label="Fill in the variables with something that fits"
      onClick={() => void refill()}
    >
      <ReloadIcon className="graphiql-toolbar-icon" aria-hidden="true" />
    </ToolbarButton>
  );
}
