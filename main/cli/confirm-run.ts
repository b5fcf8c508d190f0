import { createInterface } from "node:readline/promises";

import { HeadraceError } from "../../shared/errors/index.ts";
import type { Session } from "./session.ts";

/**
 * Does what may need tables to be named. A person at the terminal is asked for each name and typing it goes on;
 * anywhere else, and for any other answer, the refusal stands (exit code 2, with the option that would allow it).
 */
export async function withConfirmation<T>(
  session: Session,
  given: readonly string[],
  work: (confirmed: readonly string[]) => Promise<T>,
): Promise<T> {
  try {
    return await work(given);
  } catch (thrown) {
    const tables = unconfirmed(thrown);
    if (tables === null || !(await typedAll(session, tables))) throw thrown;
    return work([...given, ...tables]);
  }
}

const unconfirmed = (thrown: unknown): readonly string[] | null => {
  if (!(thrown instanceof HeadraceError) || thrown.code !== "production_unconfirmed") return null;
  const { tables } = thrown.params;
  return typeof tables === "object" ? tables : null;
};

const typedAll = async ({ terminal, signal }: Session, tables: readonly string[]): Promise<boolean> => {
  if (!terminal.interactive || !process.stdin.isTTY) return false;
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  try {
    for (const table of tables) {
      const question = `${table} has rows and is on a production connection. Type its name to replace it: `;
      if ((await prompt.question(question, { signal })).trim() !== table) return false;
    }
    return true;
  } finally {
    prompt.close();
  }
};
