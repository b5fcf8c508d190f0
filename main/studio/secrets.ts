import type { StudioHandlers } from "../../shared/api/index.ts";
import { ProjectError } from "../../shared/errors/index.ts";
import { secretsRoom } from "../engine/index.ts";
import type { StudioWindow } from "./studio.ts";

/** The person's secrets: names are listed, values only ever go in. */
export const secretHandlers = {
  "secrets.list": async (_input, { dataDir }) => [...(await secretsRoom()).secretNames(dataDir)],
  "secrets.put": async ({ name, value }, { dataDir }) => {
    if (value === "") throw new ProjectError("secret_empty", { params: { name } });
    await (await secretsRoom()).writeSecret(dataDir, name, value);
    return {};
  },
} satisfies Partial<StudioHandlers<StudioWindow>>;
