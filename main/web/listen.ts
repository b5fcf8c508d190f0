import type { Server } from "node:http";

import { ProjectError } from "../../shared/errors/index.ts";

/** Listens on loopback alone; 0 takes a free port. Throws `port_taken`. */
export const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once("error", (cause) => reject(new ProjectError("port_taken", { params: { port } }, { cause })));
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      if (address !== null && typeof address === "object") resolve(address.port);
    });
  });
