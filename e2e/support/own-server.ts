import { runHeadrace } from "./run-headrace.ts";

/** Runs the terminal in a project and returns what it printed. */
export const headrace = (root: string, ...args: readonly string[]): Promise<string> => runHeadrace(root, args);

/** Starts the project's own PostgreSQL; its address with the password. It ends with the project. */
export const ownServerUrl = async (root: string): Promise<string> => {
  await headrace(root, "db", "start");
  return (await headrace(root, "db", "status", "--url")).trim();
};

/** What an independent client sees: `psql`'s own words. */
export const psql = (root: string, sql: string): Promise<string> => headrace(root, "db", "psql", "-c", sql);
