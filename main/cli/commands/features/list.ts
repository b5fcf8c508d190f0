import { join } from "node:path";

import { featuresRoom, stateRoom } from "../../../engine/index.ts";
import { openEngine } from "../../open-project.ts";
import { type PageOptions, printPage } from "../../print-page.ts";
import type { Execute } from "../../session.ts";
import { cut, groupsOf, onlinePlace, textPage } from "./find-group.ts";

/** `headrace features list`. */
export const listGroups: Execute<PageOptions> = async (session, options) => {
  await using engine = await openEngine(session, options);
  const project = await engine.project();
  const target = join(project.root, "target");
  const { loadState } = await stateRoom();
  const { offlineFolder, readGroup, readManifest, readOnlineState, readStores } = await featuresRoom();
  const state = loadState(target);
  const rows: (string | null)[][] = [];
  for (const node of groupsOf(project)) {
    const group = readGroup(node);
    const stores = readStores(node);
    const table = state.nodes[node.id]?.output?.hash;
    const manifest = await readManifest(offlineFolder(target, node.name, stores.version));
    const online = await readOnlineState(node.id, stores, await onlinePlace(project, node, session.signal));
    const told = (stored: { readonly table: string } | null, what: string): string =>
      stored === null ? "not written" : stored.table === table ? what : `${what}, behind`;
    rows.push([
      node.name,
      group.joinKeys.join(", "),
      group.eventTime,
      stores.version,
      stores.offline === null ? null : told(manifest, `${manifest?.rows} rows`),
      stores.online === null ? null : told(online, `${online?.keys} keys`),
    ]);
  }
  const page = textPage(["name", "join_keys", "event_time", "version", "offline", "online"], rows);
  printPage(session.terminal, cut(page, options), options);
  return 0;
};
