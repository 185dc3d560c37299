import { describe, expect, it } from "vitest";
import { columns } from "../../src/cli/columns.js";

describe("columns", () => {
  it("stand under their titles, as wide as what is longest in them", () => {
    const rows = [
      { id: "1", name: "Mugs", problem: "" },
      { id: "20", name: "Größen", problem: "asleep" },
    ];
    expect(columns(rows)).toBe(
      ["ID  NAME    PROBLEM", "1   Mugs", "20  Größen  asleep"].join("\n"),
    );
  });

  it("are nothing where there are no rows", () => {
    expect(columns([])).toBe("");
  });

  it("let nobody who names a shop move the cursor or begin a line", () => {
    expect(columns([{ name: "a\u001b[2J\nb" }])).toBe("NAME\na [2J b");
  });
});
