import { type ReactElement, useState } from "react";

import type { ConnectionView } from "../../shared/api/index.ts";
import { host } from "../api.ts";
import { useAsync } from "../panels/use-async.ts";
import { connectionsText } from "../text/connections-text.ts";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { showMessage } from "../ui/messages.tsx";
import { Marked } from "../ui/marked.tsx";
import { OwnServer } from "./own-server.tsx";
import { TableBrowser } from "./table-browser.tsx";

interface ConnectionCardProps {
  readonly connection: ConnectionView;
  readonly onEdit: () => void;
}

const words = connectionsText;

/** One connection: where it leads, whether it answers, and what is in it. */
export const ConnectionCard = ({ connection, onEdit }: ConnectionCardProps): ReactElement => {
  const { name, type, place, production, isOwn, isUsable } = connection;
  const [turn, setTurn] = useState(0);
  const [isOpen, setIsOpen] = useState(false);
  const remove = async (): Promise<void> => {
    try {
      await host().call("connections.remove", { name, label: words.removeLabel(name) });
    } catch (error) {
      showMessage(error);
    }
  };
  return (
    <li className="connection" aria-label={name}>
      <div className="connection-head">
        <Icon name="source" size={14} />
        <strong className="outline-name">{name}</strong>
        {production ? <span className="badge badge-production">{words.production}</span> : null}
      </div>
      <p className={isUsable ? (isOwn ? "panel-hint" : "panel-hint code") : "fact-bad"}>{isOwn ? words.own : place}</p>
      {isOwn ? <OwnServer /> : null}
      <div className="connection-actions">
        <Button onClick={() => setTurn(turn + 1)}>{words.test}</Button>
        {type === "unknown" ? null : (
          <Button aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
            {words.tables}
          </Button>
        )}
        {isOwn ? null : (
          <>
            <Button look="quiet" onClick={onEdit}>
              {words.edit}
            </Button>
            <Button look="quiet" onClick={() => void remove()}>
              {words.remove}
            </Button>
          </>
        )}
      </div>
      {turn === 0 ? null : <Test name={name} turn={turn} />}
      {isOpen ? <TableBrowser connection={connection} /> : null}
    </li>
  );
};

const Test = ({ name, turn }: { readonly name: string; readonly turn: number }): ReactElement => {
  const found = useAsync(`${name} ${turn}`, (signal) => host().call("connections.test", { name }, signal));
  if (found.status === "failed") {
    return (
      <p role="alert" className="fact-bad">
        <Marked words={`${found.error.message}. ${found.error.next}`} />
      </p>
    );
  }
  if (found.status === "loading" || found.value === null) return <p role="status">{words.testing}</p>;
  return (
    <p role="status" className="fact-good">
      <Icon name="ok" size={14} /> {words.works(found.value.version, found.value.milliseconds)}
    </p>
  );
};
