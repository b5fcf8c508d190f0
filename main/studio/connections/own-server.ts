import type { OwnServerView } from "../../../shared/api/index.ts";
import { type EmbeddedServerStatus, postgresRoom } from "../../engine/index.ts";
import type { StudioWindow } from "../studio.ts";

const view = (status: EmbeddedServerStatus): OwnServerView => ({
  running: status.running,
  port: status.port,
  version: status.version,
  database: status.database,
  user: status.user,
  dataFolder: status.dataFolder,
  sizeBytes: status.sizeBytes,
});

/** The PostgreSQL server that comes with the window's project: whether it runs, after starting or stopping it. */
export const ownServer = async (
  { session, dataDir }: StudioWindow,
  action: "look" | "start" | "stop",
): Promise<OwnServerView> => {
  const { embeddedServer } = await postgresRoom();
  const server = embeddedServer({ scope: "project", root: session.root, dataDir, log: () => undefined });
  if (action === "start") return view(await server.start());
  if (action === "stop") await server.stop();
  return view(await server.status());
};
