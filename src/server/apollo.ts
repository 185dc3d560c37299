import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from "@apollo/server/plugin/disabled";
import { GraphQLError } from "graphql";
import type { Logger } from "pino";
import type { Context } from "../graphql/context.js";
import { errorPlugin, formatError } from "../graphql/errors.js";
import { gatePlugin } from "../graphql/operation.js";
import type { Api } from "./api.js";
import type { Metrics } from "./metrics.js";

export interface ApolloParts {
  api: Api;
  metrics: Metrics;
  log: Logger;
}

/** Executes what came over HTTP, after the same gate as over WebSocket. */
export async function startApollo({ api, metrics, log }: ApolloParts) {
  const apollo = new ApolloServer<Context>({
    schema: api.schema,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    // The gate keeps documents.
    documentStore: null,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    // For what fails before there is a request to speak of; `errorPlugin` presents all else.
    formatError,
    logger: log,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      gatePlugin(api.prepare),
      noSubscriptions,
      errorPlugin(log),
      counting(metrics),
    ],
  });
  await apollo.start();
  return apollo;
}

const noSubscriptions: ApolloServerPlugin<Context> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ operation }) {
        if (operation?.operation !== "subscription") return;
        throw new GraphQLError(
          "Subscriptions come over WebSocket: the same address, protocol graphql-transport-ws",
          { extensions: { code: "BAD_REQUEST", http: { status: 400 } } },
        );
      },
    };
  },
};

function counting({ operations }: Metrics): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ operation, response, errors }) {
          const kind = operation?.operation ?? "unknown";
          const refused = response.http.status === 400;
          const outcome = refused ? "refused" : errors ? "errors" : "ok";
          operations.inc({ kind, way: "http", outcome });
        },
      };
    },
  };
}
