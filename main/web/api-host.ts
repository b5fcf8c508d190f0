import { createServer } from "node:http";

import type { Access } from "./guard.ts";
import { listen } from "./listen.ts";
import { newSecret } from "./secrets.ts";
import { apiAnswerer, type ServedApis } from "./served-apis.ts";

export interface ApiHost extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`. */
  readonly origin: string;
  /** What a reader sends as `Authorization: Bearer …`. */
  readonly token: string;
}

/** Serves a project's APIs on loopback alone. Throws `port_taken`. */
export const startApiHost = async (options: {
  readonly port: number;
  readonly apis: ServedApis;
  /** The token of an earlier start, for readers that keep it. */
  readonly token?: string | undefined;
}): Promise<ApiHost> => {
  const server = createServer();
  const access: Access = {
    port: await listen(server, options.port),
    token: options.token ?? newSecret(),
    session: newSecret(),
  };
  const answer = apiAnswerer(options.apis);
  server.on("request", (request, response) => void answer(request, response, access));
  return {
    origin: `http://127.0.0.1:${access.port}`,
    token: access.token,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
};
