import { provisionRoom, trustRoom } from "../engine/index.ts";
import type { Session } from "./session.ts";

/** What was made here is trusted; a list that cannot be written means that the window asks, no more. */
export const trustOwn = async ({ environment }: Session, root: string): Promise<void> => {
  const [{ dataDirectory }, { trustFolder }] = await Promise.all([provisionRoom(), trustRoom()]);
  await trustFolder(dataDirectory(environment), root).catch(() => undefined);
};
