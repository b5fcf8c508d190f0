import { provisionRoom, secretsRoom } from "../../engine/index.ts";
import { ProjectError } from "../../../shared/errors/index.ts";
import { hiddenInput } from "../hidden-input.ts";
import type { Execute } from "../session.ts";
import { printLines } from "../terminal.ts";

const dataFolder = async (environment: Readonly<Record<string, string | undefined>>): Promise<string> =>
  (await provisionRoom()).dataDirectory(environment);

/** The value comes from a hidden prompt or standard input: a command line is seen by every program of the machine. */
const set: Execute<object> = async (session, _options, [name = ""]) => {
  const { checkSecretName, writeSecret } = await secretsRoom();
  checkSecretName(name);
  session.releaseKeys();
  const value = await hiddenInput(`Value of ${name}: `);
  if (value === "") throw new ProjectError("secret_empty", { params: { name } });
  const replaced = await writeSecret(await dataFolder(session.environment), name, value);
  printLines(session.terminal, [`${replaced ? "Replaced" : "Kept"}. Use it as \${secret:${name}} in profiles.yml.`]);
  return 0;
};

const list: Execute<object> = async (session) => {
  const { secretNames } = await secretsRoom();
  const names = secretNames(await dataFolder(session.environment));
  printLines(session.terminal, names.length === 0 ? ["No secrets yet: headrace secret set NAME"] : names);
  return 0;
};

const remove: Execute<object> = async (session, _options, [name = ""]) => {
  const { writeSecret } = await secretsRoom();
  const was = await writeSecret(await dataFolder(session.environment), name, null);
  if (!was) throw new ProjectError("secret_unknown", { params: { name } });
  printLines(session.terminal, ["Removed."]);
  return 0;
};

/** `headrace secret set|list|remove`: passwords that profiles name and no file of a project holds. */
export const secret = { set, list, remove } as const;
