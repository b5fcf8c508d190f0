import { ProjectError } from "../../../shared/errors/index.ts";
import type { LoadOptions } from "./load-project.ts";
import type { Connection, Problem, ProjectSettings } from "./project.ts";

export interface Profile {
  readonly connections: readonly string[];
  readonly problems: readonly Problem[];
  connection(name: string | null): Promise<Connection>;
}

/** The connections of the chosen profile. */
export const openProfile = async (options: LoadOptions, _settings: ProjectSettings): Promise<Profile> => ({
  connections: ["default"],
  problems: [],
  connection: async (name) => {
    if (options.embeddedPostgres === undefined) {
      throw new ProjectError("connection_unknown", { params: { name: name ?? "default" } });
    }
    return { ...(await options.embeddedPostgres()), name: name ?? "default" };
  },
});
