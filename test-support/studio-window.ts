import {
  createClient,
  type EditCommand,
  portPair,
  type ProjectChange,
  type StudioClient,
} from "../shared/api/index.ts";
import type { Studio } from "../main/studio/index.ts";
import { temporaryFolder, type TemporaryFolder } from "./temporary-folder.ts";

export const orders = `# The till's orders.
kind: source
name: orders
source: csv
table: data/orders.csv
schema:
  - { name: id, data_type: INTEGER } # the key
  - { name: amount, data_type: "DECIMAL(18,2)" }
  - { name: note, data_type: VARCHAR }
`;
export const paid = `kind: transform
name: paid
tags: [silver] # kept
inputs:
  - ref: source.orders
transform: |
  -- only what was paid
  select * from ref('source.orders')
  where amount > 0
`;
export const total = `kind: transform
name: total
inputs: [transform.paid]
transform: select count(*) as n, sum(amount) as amount from transform.paid
`;
/** A till's orders, what was paid of them, and how much that is. */
export const tillFiles = {
  "headrace.yml": "name: till\n",
  "data/orders.csv": 'id,amount,note\n1,9007199254740993.10,\n2,-1.00,a\n3,2.50,""\n',
  "pipelines/orders.yml": orders,
  "pipelines/silver.yml": `${paid}---\n${total}`,
};

/** A window on a project of its own, as its page would see it. */
export interface TestWindow extends AsyncDisposable {
  readonly folder: TemporaryFolder;
  readonly client: StudioClient;
  readonly changes: ProjectChange[];
  edit(...commands: readonly EditCommand[]): Promise<unknown>;
}

/** Opens a window of the studio on the till's project, with more or other files; both go when it is disposed. */
export const openTestWindow = async (
  studio: Studio,
  more: Readonly<Record<string, string>> = {},
  trusted = true,
): Promise<TestWindow> => {
  const folder = await temporaryFolder({ ...tillFiles, ...more });
  const [near, far] = portPair();
  studio.connect(far, folder.root);
  const client = createClient(near);
  // As a person does who knows where the files come from.
  if (trusted) await client.call("trust.grant", {});
  const { revision } = await client.call("project.get", {});
  const changes: ProjectChange[] = [];
  const following = client.subscribe("project.changed", { revision }, (change) => changes.push(change));
  following.done.catch(() => undefined);
  return {
    folder,
    client,
    changes,
    edit: (...commands) => client.call("edit.apply", { commands: [...commands], label: "edit" }),
    async [Symbol.asyncDispose]() {
      client.close();
      await folder[Symbol.asyncDispose]();
    },
  };
};
