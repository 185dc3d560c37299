const STORED = "tributary.filled";

/** Which variables the page itself wrote last, by operation, over reloads too: those it may write anew. */
export const written = {
  remember(operation: string, text: string) {
    localStorage.setItem(STORED, JSON.stringify({ ...all(), [operation]: text }));
  },
  isOurs(operation: string, text: string): boolean {
    return all()[operation] === text;
  },
};

function all(): Record<string, string> {
  try {
    return JSON.parse(localStorage.getItem(STORED) ?? "{}") as Record<string, string>;
  } catch {
    return {};
  }
}
