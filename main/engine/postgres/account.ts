import { runTool } from "./run-tool.ts";

import { HeadraceError } from "../../../shared/errors/index.ts";

/** An account of the operating system that may own a PostgreSQL server. */
export interface ServerAccount {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

const lookUp = async (name: string): Promise<ServerAccount | null> => {
  const [uid, gid] = await Promise.all([runTool("id", ["-u", name]), runTool("id", ["-g", name])]);
  if (uid.code !== 0 || gid.code !== 0) return null;
  return { name, uid: Number(uid.stdout), gid: Number(gid.stdout) };
};

const create = async (name: string): Promise<string | null> => {
  const made = await runTool("useradd", ["--system", "--no-create-home", "--shell", "/usr/sbin/nologin", name]);
  return made.code === 0 ? null : made.stderr.trim() || `useradd ended with ${made.code}`;
};

/** In a container without the right to change accounts, only trying tells. */
const works = async (account: ServerAccount): Promise<boolean> => (await runTool("id", ["-u"], { account })).code === 0;

/**
 * The account that PostgreSQL is to run as: `null` means the present one. PostgreSQL refuses root, so root gets
 * `postgres`, `nobody` or a new system account `headrace`. Throws `postgres_no_account`.
 */
export const serverAccount = async (): Promise<ServerAccount | null> => {
  if (process.getuid?.() !== 0) return null;
  for (const name of ["postgres", "nobody", "headrace"]) {
    const account = await lookUp(name);
    if (account !== null && account.uid !== 0 && (await works(account))) return account;
  }
  const problem = await create("headrace");
  const account = problem === null ? await lookUp("headrace") : null;
  if (account !== null && (await works(account))) return account;
  throw new HeadraceError("postgres_no_account", {
    params: { detail: problem ?? "this container does not allow changing to another account" },
  });
};
