import { ProjectError } from "../../../../shared/errors/index.ts";

type Roles = Record<string, Record<string, string>>;

/**
 * Roles as they are typed, `from=airport:origin`, further keys after commas. The option's list was split at commas,
 * so an entry without a role's name goes on with the one before. Throws `feature_role_unreadable`.
 */
export const readRoles = (entries: readonly string[]): Roles | undefined => {
  if (entries.length === 0) return undefined;
  const roles: Roles = {};
  let role: string | null = null;
  for (const entry of entries) {
    const match = /^(?:([A-Za-z_]\w*)=)?([^:=]+):(.+)$/.exec(entry);
    role = match?.[1] ?? role;
    if (match === null || role === null) throw new ProjectError("feature_role_unreadable", { params: { entry } });
    roles[role] = { ...roles[role], [match[2] ?? ""]: match[3] ?? "" };
  }
  return roles;
};
