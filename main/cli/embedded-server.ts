import { basename } from "node:path";

import { type EmbeddedServer, postgresRoom, provisionRoom } from "../engine/index.ts";
import type { Session } from "./session.ts";

/** The PostgreSQL server that belongs to a project, in the same place where its runs look for it. */
export async function projectServer(session: Session, root: string, verbose: boolean): Promise<EmbeddedServer> {
  const { embeddedServer } = await postgresRoom();
  const { dataDirectory } = await provisionRoom();
  return embeddedServer({
    scope: "project",
    root,
    projectName: basename(root),
    dataDir: dataDirectory(session.environment),
    log: (level, text) => {
      if (verbose || level === "warning" || level === "error") session.terminal.writeError(`${text}\n`);
    },
  });
}
