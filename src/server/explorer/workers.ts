/** Tells the editor where its workers are: beside the page, as the page's policy allows no other place. */
const files: Record<string, string> = { json: "json.worker.js", graphql: "graphql.worker.js" };

Object.assign(globalThis, {
  MonacoEnvironment: {
    getWorker: (_id: string, label: string) =>
      new Worker(`/explorer/${files[label] ?? "editor.worker.js"}`, { type: "module" }),
  },
});
