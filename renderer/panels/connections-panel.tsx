import { type ReactElement, useState } from "react";
import { useStore } from "zustand";

import type { ConnectionSettings } from "../../shared/api/index.ts";
import { host } from "../api.ts";
import { ConnectionCard } from "../connections/connection-card.tsx";
import { ConnectionForm } from "../connections/connection-form.tsx";
import { project } from "../store/project-store.ts";
import { connectionsText } from "../text/connections-text.ts";
import { text } from "../text/text.ts";
import { Button } from "../ui/button.tsx";
import { showMessage } from "../ui/messages.tsx";
import { EmptyState, FailedState, LoadingState } from "../ui/state-view.tsx";
import { useAsync } from "./use-async.ts";
import "../connections/connections.css";

const words = connectionsText;

const blank: ConnectionSettings = {
  type: "postgresql",
  host: "localhost",
  port: "5432",
  user: "",
  database: "",
  sslmode: "",
  production: false,
  password: { from: "secret", name: "warehouse" },
  path: "",
};

/** The profile's connections: test, browse, add, edit. */
export const ConnectionsPanel = (): ReactElement => {
  const revision = useStore(project, (state) => state.revision);
  // A host or a password changes nothing that the graph shows.
  const [turn, setTurn] = useState(0);
  const trusted = useStore(project, ({ info }) => info?.trusted !== false);
  const [form, setForm] = useState<{ readonly name: string; readonly settings: ConnectionSettings } | null>(null);
  const found = useAsync(`connections ${revision} ${turn}`, (signal) => host().call("connections.list", {}, signal));
  if (form !== null) {
    return (
      <div className="panel-scroll">
        <ConnectionForm
          key={form.name}
          {...form}
          onDone={() => {
            setForm(null);
            setTurn(turn + 1);
          }}
        />
      </div>
    );
  }
  if (found.status === "failed") return <FailedState error={found.error} />;
  if (found.value === null) return <LoadingState label={words.loading} />;
  const add = (
    <Button icon="plus" onClick={() => setForm({ name: "", settings: blank })}>
      {words.add}
    </Button>
  );
  const edit = async (name: string): Promise<void> => {
    try {
      setForm({ name, settings: await host().call("connections.get", { name }) });
    } catch (error) {
      showMessage(error);
    }
  };
  if (found.value.length === 0) {
    return (
      <EmptyState icon="connections" title={words.none} next={words.noneNext}>
        {add}
      </EmptyState>
    );
  }
  return (
    <div className="panel-scroll" tabIndex={0} role="region" aria-label={text.panels.connections}>
      {trusted ? null : <p className="fact-warn">{words.untrusted}</p>}
      <ul className="connections">
        {found.value.map((connection) => (
          <ConnectionCard key={connection.name} connection={connection} onEdit={() => void edit(connection.name)} />
        ))}
      </ul>
      {add}
    </div>
  );
};
