import { type ReactElement, useState } from "react";

import type { OwnServerView } from "../../shared/api/index.ts";
import { host } from "../api.ts";
import { useAsync } from "../panels/use-async.ts";
import { connectionsText } from "../text/connections-text.ts";
import { Button } from "../ui/button.tsx";
import { announce } from "../ui/announcer.tsx";
import { showMessage } from "../ui/messages.tsx";

const words = connectionsText;

/** The server that comes with the project: whether it runs, start and stop. */
export const OwnServer = (): ReactElement => {
  const [turn, setTurn] = useState(0);
  const [doing, setDoing] = useState<"start" | "stop" | null>(null);
  const found = useAsync(`own ${turn}`, (signal) => host().call("connections.server", { action: "look" }, signal));
  const act = async (action: "start" | "stop"): Promise<void> => {
    setDoing(action);
    try {
      const { running, port } = await host().call("connections.server", { action });
      announce(`${words.own}: ${words.ownState(running, port)}`);
    } catch (error) {
      showMessage(error);
    } finally {
      setDoing(null);
      setTurn((before) => before + 1);
    }
  };
  const state: OwnServerView | null = found.status === "failed" ? null : found.value;
  return (
    <div className="connection-own">
      <p className="panel-hint">{words.ownWhat}</p>
      <div className="connection-actions">
        <span role="status">
          {doing === null
            ? state === null
              ? ""
              : `PostgreSQL ${state.version} · ${words.ownState(state.running, state.port)}`
            : doing === "start"
              ? words.starting
              : words.stopping}
        </span>
        {state === null ? null : (
          <Button disabled={doing !== null} onClick={() => void act(state.running ? "stop" : "start")}>
            {state.running ? words.stop : words.start}
          </Button>
        )}
      </div>
    </div>
  );
};
