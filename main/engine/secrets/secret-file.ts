import { chmodSync, existsSync, mkdirSync, openSync, closeSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { z } from "zod";

import { ProjectError } from "../../../shared/errors/index.ts";
import { replaceFile } from "../files/index.ts";

const fileSchema = z.record(z.string(), z.string());
const onlyOwner = 0o600;

const secretPath = (dataDir: string): string => join(dataDir, "secrets", "secrets.json");

/** Throws `secret_name_invalid`. */
export const checkSecretName = (name: string): string => {
  if (/^[A-Za-z0-9_.-]{1,100}$/.test(name)) return name;
  throw new ProjectError("secret_name_invalid", { params: { name } });
};

/** Throws `secret_file_exposed` and `secret_file_damaged`; no error holds what is in the file. */
const read = (dataDir: string): Readonly<Record<string, string>> => {
  const path = secretPath(dataDir);
  if (!existsSync(path)) return {};
  const isExposed = process.platform !== "win32" && (statSync(path).mode & 0o077) !== 0;
  if (isExposed) throw new ProjectError("secret_file_exposed", { params: { path } });
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    // What a parser says of a file quotes it.
    throw new ProjectError("secret_file_damaged", { params: { path, detail: "it is not JSON" } });
  }
  const secrets = fileSchema.safeParse(parsed);
  if (secrets.success) return secrets.data;
  throw new ProjectError("secret_file_damaged", { params: { path, detail: "it does not hold names and values" } });
};

/** Names alone: values are never shown. */
export const secretNames = (dataDir: string): readonly string[] => Object.keys(read(dataDir)).toSorted();

/** A secret's value for a connection that is being opened; `null` when there is none. */
export const readSecret = (dataDir: string, name: string): string | null => {
  const secrets = read(dataDir);
  return Object.hasOwn(secrets, name) ? (secrets[name] ?? null) : null;
};

/** Keeps a secret; `null` forgets it. Returns whether there was one. */
export const writeSecret = async (dataDir: string, name: string, value: string | null): Promise<boolean> => {
  checkSecretName(name);
  const before = read(dataDir);
  const { [name]: former, ...others } = before;
  if (value === null && former === undefined) return false;
  const path = secretPath(dataDir);
  mkdirSync(join(dataDir, "secrets"), { recursive: true, mode: 0o700 });
  // The file is there with its rights before it holds anything: a replacement keeps them.
  if (!existsSync(path)) closeSync(openSync(path, "wx", onlyOwner));
  chmodSync(path, onlyOwner);
  const after = value === null ? others : { ...others, [name]: value };
  await replaceFile(path, `${JSON.stringify(after, null, 2)}\n`);
  return former !== undefined;
};
