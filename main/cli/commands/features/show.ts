import { join } from "node:path";

import { featuresRoom, stateRoom } from "../../../engine/index.ts";
import { openEngine } from "../../open-project.ts";
import { type PageOptions, printPage } from "../../print-page.ts";
import type { Execute } from "../../session.ts";
import { cut, findGroup, textPage } from "./find-group.ts";

const headings = ["column", "role", "type", "default", "description", "nulls", "distinct", "min", "max", "mean"];

const textOf = (value: number | null): string | null => (value === null ? null : String(Number(value.toPrecision(6))));

/** `headrace features show GROUP`. */
export const showGroup: Execute<PageOptions> = async (session, options, [wanted = ""]) => {
  await using engine = await openEngine(session, options);
  const project = await engine.project();
  const node = findGroup(project, wanted);
  const { readGroup, readGroupRecord, readStores } = await featuresRoom();
  const group = readGroup(node);
  const { loadState } = await stateRoom();
  const target = join(project.root, "target");
  const table = loadState(target).nodes[node.id]?.metadata.columns ?? [];
  const record = await readGroupRecord(target, node.name, readStores(node).version);
  const statistics = (name: string): readonly (string | null)[] => {
    const found = record?.columns.find((column) => column.name === name);
    if (record === null || found === undefined) return [null, null, null, null, null];
    const percent = record.rows === 0 ? 0 : (100 * found.nulls) / record.rows;
    const { distinct, min, max, mean } = found;
    return [`${Number(percent.toFixed(2))} %`, distinct === null ? null : `≈ ${distinct}`, min, max, textOf(mean)];
  };
  const typeOf = (name: string): string | null => table.find((column) => column.name === name)?.type ?? null;
  const definitions: readonly { readonly name: string; readonly description?: string | undefined }[] =
    node.config.features;
  const described = new Map(definitions.map(({ name, description }) => [name, description ?? null]));
  const times = [
    ...(group.eventTime === null ? [] : [[group.eventTime, "event time"] as const]),
    ...(group.createdTime === null ? [] : [[group.createdTime, "created time"] as const]),
  ];
  const fixed = [...group.joinKeys.map((name) => [name, "join key"] as const), ...times];
  const named = new Set(fixed.map(([name]) => name));
  const features =
    group.features.length > 0
      ? group.features
      : table.flatMap(({ name }) => (named.has(name) ? [] : [{ name, type: null, default: null }]));
  const rows = [
    ...fixed.map(([name, role]) => [name, role, typeOf(name), null, null, ...statistics(name)]),
    ...features.map(({ name, type, default: value }) => {
      const fallback = value === null ? null : String(value);
      return [name, "feature", typeOf(name) ?? type, fallback, described.get(name) ?? null, ...statistics(name)];
    }),
    ...group.onDemand.map(({ name, type, expression }) => [
      name,
      "on demand",
      type,
      null,
      expression,
      null,
      null,
      null,
      null,
      null,
    ]),
  ];
  const page = textPage(headings, rows);
  printPage(session.terminal, cut(page, options), options);
  return 0;
};
