import type { EditCommand } from "../../../shared/api/index.ts";
import { host } from "../../api.ts";
import { graph } from "../../store/graph-store.ts";
import { project } from "../../store/project-store.ts";
import { showTab } from "../../store/layout-store.ts";
import { text } from "../../text/text.ts";
import { announce } from "../../ui/announcer.tsx";
import { showMessage } from "../../ui/messages.tsx";
import { applyEdit } from "./apply-edit.ts";
import { selectedNodes } from "./change-nodes.ts";
import { likelyKey } from "../../../shared/presets/index.ts";
import { upstreamOf } from "./upstream-of.ts";

const words = text.author.target;
const modes = { upsert: "upsert_by_key", replace: "full", append: "append" } as const;

/** Adds a PostgreSQL target to the selected node, with the likeliest key, and shows what writing it would do. */
export const writeToPostgres = async (mode: keyof typeof modes): Promise<void> => {
  const [node] = selectedNodes();
  if (node === undefined) return;
  try {
    const key = mode === "upsert" ? await keyFor(node.id) : null;
    const connection = await postgresConnection();
    const name = `public.${node.view.name}`;
    const value = {
      type: "postgresql",
      ...(connection === null ? {} : { connection }),
      table: name,
      mode: modes[mode],
      ...(key === null ? {} : { unique_keys: [key] }),
    };
    // The card counts those that are switched on; the file may have others.
    const { materializations } = (await host().call("node.get", { node: node.id })).config;
    const before = Array.isArray(materializations) ? materializations.length : 0;
    const path = before === 0 ? ["materializations"] : ["materializations", before];
    const command: EditCommand = { type: "set", node: node.id, path, value: before === 0 ? [value] : value };
    if ((await applyEdit(words.label(name), [command])) === null) return;
    announce(words.done(node.view.name, name));
    showTab("bottom", "materialize");
  } catch (error) {
    showMessage(error);
  }
};

/** The likeliest key: of its own columns, else, as for Python before its first run, of what it is made of. */
const keyFor = async (id: string): Promise<string> => {
  const seen = new Set<string>();
  for (let row: readonly string[] = [id]; row.length > 0;) {
    for (const table of await upstreamOf(row)) {
      seen.add(table.id);
      const key = likelyKey(table);
      if (key !== null) return key;
    }
    row = row.flatMap((one) => inputsOf(one)).filter((one) => !seen.has(one));
  }
  return "id";
};

const inputsOf = (id: string): readonly string[] => {
  const node = graph.get(id);
  return node?.type === "node" ? node.view.inputs.filter((input) => graph.slotOf(input) >= 0) : [];
};

/** The one that is there, by name; `null` leaves it to the project's own server. */
const postgresConnection = async (): Promise<string | null> => {
  if ((project.getState().info?.connections.length ?? 0) === 0) return null;
  const found = (await host().call("connections.list", {})).find(({ type, isOwn }) => type === "postgresql" && !isOwn);
  return found?.name ?? null;
};
