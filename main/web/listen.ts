import type { Server } from "node:http";

import { ProjectError } from "../../shared/errors/index.ts";

/** Listens on loopback alone; 0 takes a free port. Throws `port_taken`. */
export const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const refused = (cause: Error): void => {
      reject(new ProjectError("port_taken", { params: { port } }, { cause }));
    };
    server.once("error", refused);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", refused);
      const address = server.address();
      if (address !== null && typeof address === "object") resolve(address.port);
    });
  });

/** As `listen`, on the first of several ports that is free. Throws `port_taken` for the last. */
export const listenOnFirst = async (server: Server, [port = 0, ...others]: readonly number[]): Promise<number> => {
  if (others.length === 0) return listen(server, port);
  return listen(server, port).catch(() => listenOnFirst(server, others));
};
