/** One object of an answer, of which connections are parted. */
type Told = Record<string, unknown>;

/**
 * An answer as the lines of a bulk file: each node a line, without its connections, whose nodes are lines of their own with
 * `__parentId`. `grouped` puts these right behind their parent; else all of one kind stand together, far from it.
 */
export function bulkLines(data: Told, grouped: boolean): { lines: string[]; roots: number } {
  const [top] = Object.values(data);
  const roots = isConnection(top) ? nodesOf(top) : [];
  if (grouped) return { lines: roots.flatMap((root) => linesOf(root)), roots: roots.length };
  const levels: Told[][] = [];
  for (const root of roots) spread(root, null, 0, levels);
  return { lines: levels.flat().map((each) => JSON.stringify(each)), roots: roots.length };
}

function linesOf(node: Told, parentId?: unknown): string[] {
  const { own, inner } = part(node);
  return [
    JSON.stringify({ ...own, ...(parentId !== undefined && { __parentId: parentId }) }),
    ...inner.flatMap((each) => linesOf(each, node.id)),
  ];
}

function spread(node: Told, parentId: unknown, level: number, levels: Told[][]): void {
  const { own, inner } = part(node);
  levels[level] ??= [];
  levels[level].push({ ...own, ...(parentId !== null && { __parentId: parentId }) });
  for (const each of inner) spread(each, node.id, level + 1, levels);
}

function part(node: Told): { own: Told; inner: Told[] } {
  const entries = Object.entries(node);
  return {
    own: Object.fromEntries(entries.filter(([, value]) => !isConnection(value))),
    inner: entries.flatMap(([, value]) => (isConnection(value) ? nodesOf(value) : [])),
  };
}

interface Connection {
  edges: { node: Told }[];
}
const isConnection = (value: unknown): value is Connection =>
  typeof value === "object" &&
  value !== null &&
  Array.isArray((value as { edges?: unknown }).edges);
const nodesOf = ({ edges }: Connection): Told[] => edges.map(({ node }) => node);
