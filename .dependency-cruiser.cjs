// Who may import whom. Arrows point down: domain knows nobody, app and cli know everybody.
const layer = (name, may) => ({
  name: `${name}-imports-only-${may.join("-") || "nothing"}`,
  severity: "error",
  from: { path: `^src/${name}/` },
  to: { path: "^src/", pathNot: `^src/(${[name, ...may].join("|")})/` },
});

module.exports = {
  forbidden: [
    layer("domain", []),
    layer("client", []),
    layer("store", ["domain"]),
    layer("connectors", ["domain"]),
    layer("events", ["domain", "store"]),
    layer("ingest", ["domain", "store", "events"]),
    layer("commands", ["domain", "store", "events"]),
    layer("graphql", ["domain", "store", "events", "commands"]),
    layer("server", ["domain", "store", "events", "commands", "ingest", "graphql"]),
    {
      name: "a-connector-is-an-island",
      severity: "error",
      from: { path: "^src/connectors/([^/]+)/" },
      to: { path: "^src/connectors/([^/]+)/", pathNot: "^src/connectors/($1|simulator)/" },
    },
    {
      name: "a-simulator-knows-no-connector",
      comment: "A simulator that shared code with its connector would share its mistakes.",
      severity: "error",
      from: { path: "^src/connectors/([^/]+)/simulator/" },
      to: { path: "^src/", pathNot: "^src/connectors/($1/simulator|simulator)/" },
    },
    {
      name: "the-simulator-kit-knows-nobody",
      severity: "error",
      from: { path: "^src/connectors/simulator/" },
      to: { path: "^src/", pathNot: "^src/connectors/simulator/" },
    },
    {
      name: "a-connector-knows-no-simulator",
      severity: "error",
      from: { path: "^src/connectors/(?!simulator/)[^/]+/(?!simulator/)" },
      to: { path: "^src/connectors/(simulator|[^/]+/simulator)/" },
    },
    { name: "no-circular", severity: "error", from: {}, to: { circular: true } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
  },
};
