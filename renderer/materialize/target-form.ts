// A target as the form holds it: text and choices, before anything is written or asked.

import { z } from "zod";

import type { TargetSettings } from "../../shared/api/index.ts";

export const modes = ["full", "append", "upsert_by_key", "incremental_by_time"] as const;
export type Mode = (typeof modes)[number];
export const fileTypes = ["csv", "parquet", "json"] as const;

const isFile = (type: string): boolean => (fileTypes as readonly string[]).includes(type);

/** Every field of the form; those that the mode has no use for keep what was typed. */
export interface TargetForm {
  readonly type: string;
  readonly connection: string;
  readonly table: string;
  readonly path: string;
  readonly mode: Mode;
  readonly keys: readonly string[];
  readonly timeColumn: string;
  readonly lookback: string;
  readonly onSchemaChange: "" | "fail" | "add_columns" | "sync";
  readonly onDefinitionChange: "" | "append" | "replace";
  readonly allowEmpty: boolean;
  readonly cascade: boolean;
}

const text = z.string().catch("");
const savedSchema = z.object({
  type: z.string().catch("postgresql"),
  connection: text,
  table: text,
  path: text,
  mode: z.enum(modes).catch("full"),
  unique_keys: z.array(z.string()).catch([]),
  time_column: text,
  lookback: z.number().nullable().catch(null),
  on_schema_change: z.enum(["fail", "add_columns", "sync"]).nullable().catch(null),
  on_definition_change: z.enum(["fail", "append", "replace"]).nullable().catch(null),
  allow_empty: z.boolean().catch(false),
  cascade: z.boolean().catch(false),
});

const duration = (seconds: number): string =>
  seconds % 86_400 === 0 ? `${seconds / 86_400}d` : seconds % 3600 === 0 ? `${seconds / 3600}h` : `${seconds}s`;

/** The form of a target that the node's file has. */
export const formOf = (saved: unknown): TargetForm => {
  const found = savedSchema.parse(saved);
  const { on_definition_change: onDefinition } = found;
  return {
    type: found.type,
    connection: found.connection,
    table: found.table,
    path: found.path,
    mode: found.mode,
    keys: found.unique_keys,
    timeColumn: found.time_column,
    lookback: found.lookback === null ? "" : duration(found.lookback),
    onSchemaChange: found.on_schema_change ?? "",
    onDefinitionChange: onDefinition === null || onDefinition === "fail" ? "" : onDefinition,
    allowEmpty: found.allow_empty,
    cascade: found.cascade,
  };
};

/** The form of a target that is still to be made. */
export const newForm = (name: string, connection: string): TargetForm => ({
  ...formOf({}),
  connection,
  table: `public.${name}`,
  path: `exports/${name}.csv`,
});

/** As the node's file would say it: only what differs from the defaults. */
export const settingsOf = (form: TargetForm): TargetSettings => {
  const { type, mode } = form;
  if (isFile(type)) return { type, path: form.path, ...(form.allowEmpty ? { allow_empty: true } : {}) };
  const entries: readonly (readonly [string, TargetSettings[string] | undefined])[] = [
    ["type", type],
    ["connection", form.connection === "" ? undefined : form.connection],
    ["table", form.table],
    ["mode", mode],
    ["unique_keys", form.keys.length === 0 || !usesKeys(mode) ? undefined : [...form.keys]],
    ["time_column", form.timeColumn === "" || !usesTime(mode) ? undefined : form.timeColumn],
    ["lookback", form.lookback.trim() === "" || mode !== "incremental_by_time" ? undefined : form.lookback.trim()],
    ["on_schema_change", form.onSchemaChange === "" ? undefined : form.onSchemaChange],
    ["on_definition_change", form.onDefinitionChange === "" || mode !== "append" ? undefined : form.onDefinitionChange],
    ["allow_empty", form.allowEmpty ? true : undefined],
    ["cascade", form.cascade ? true : undefined],
  ];
  return Object.fromEntries(entries.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
};

/** Modes in which keys mean something: they identify rows, tell what is delivered, or find what changed. */
export const usesKeys = (mode: Mode): boolean => mode !== "incremental_by_time";
export const usesTime = (mode: Mode): boolean => mode === "incremental_by_time" || mode === "append";
export const isFileTarget = (form: TargetForm): boolean => isFile(form.type);

/** Whether everything that the mode needs is there. */
export const isComplete = (form: TargetForm): boolean => {
  if (isFileTarget(form)) return form.path.trim() !== "";
  if (form.table.trim() === "") return false;
  if (form.mode === "upsert_by_key") return form.keys.length > 0;
  return form.mode !== "incremental_by_time" || form.timeColumn !== "";
};
