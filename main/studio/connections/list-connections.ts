import type { ConnectionView } from "../../../shared/api/index.ts";
import { toHeadraceError } from "../../../shared/errors/index.ts";
import type { Connection, Project } from "../../engine/index.ts";

const placeOf = (connection: Connection): string => {
  if (connection.type === "sqlite") return connection.path;
  const { user, host, port, database } = connection;
  return `${user}@${host}:${port}/${database}`;
};

const view = async (project: Project, name: string): Promise<ConnectionView> => {
  // A look at the list does not start a server.
  if (name === project.ownServer) {
    return { name, type: "postgresql", place: "", production: false, isOwn: true, isUsable: true };
  }
  try {
    const connection = await project.connection(name);
    const production = connection.type === "postgresql" && connection.production;
    return { name, type: connection.type, place: placeOf(connection), production, isOwn: false, isUsable: true };
  } catch (error) {
    return {
      name,
      type: "unknown",
      place: toHeadraceError(error).message,
      production: false,
      isOwn: false,
      isUsable: false,
    };
  }
};

/** What is known without filling in variables or secrets. */
const unresolved = (name: string, project: Project): ConnectionView => ({
  name,
  type: "unknown",
  place: "",
  production: false,
  isOwn: name === project.ownServer,
  isUsable: false,
});

/** The profile's connections, passwords left out; of a project that is not trusted their names alone. */
export const listConnections = async (project: Project, trusted: boolean): Promise<readonly ConnectionView[]> =>
  trusted
    ? Promise.all(project.connections.map((name) => view(project, name)))
    : project.connections.map((name) => unresolved(name, project));
