import { type DragEvent, type ReactElement, useState } from "react";

import type { ConnectionView, ServerTable } from "../../shared/api/index.ts";
import { host } from "../api.ts";
import { addTable } from "../canvas/authoring/take-drop.ts";
import { type DraggedTable, tableDrag } from "../canvas/authoring/drag-types.ts";
import { middleOfView } from "../canvas/canvas-hooks.ts";
import { useAsync } from "../panels/use-async.ts";
import { connectionsText } from "../text/connections-text.ts";
import { announce } from "../ui/announcer.tsx";
import { IconButton } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { showMessage } from "../ui/messages.tsx";
import { exactCount, shortCount } from "../ui/numbers.ts";
import { Marked } from "../ui/marked.tsx";

const words = connectionsText;
const most = 300;

/** Schemas, tables and columns of a connection; a table is dragged onto the canvas or added with its button. */
export const TableBrowser = ({ connection }: { readonly connection: ConnectionView }): ReactElement => {
  const { name } = connection;
  const [query, setQuery] = useState("");
  const tables = useAsync(name, (signal) => host().call("connections.tables", { name }, signal));
  if (tables.status === "failed") {
    return (
      <p role="alert" className="fact-bad">
        <Marked words={`${tables.error.message}. ${tables.error.next}`} />
      </p>
    );
  }
  if (tables.value === null) return <p role="status">{words.testing}</p>;
  if (tables.value.length === 0) return <p className="panel-hint">{words.noTables}</p>;
  const wanted = query.toLowerCase();
  const shown = tables.value.filter((table) => labelOf(table).toLowerCase().includes(wanted));
  const bySchema = Map.groupBy(shown.slice(0, most), ({ schema }) => schema);
  return (
    <section aria-label={words.browse(name)}>
      <input
        className="field"
        aria-label={words.filter}
        placeholder={words.filter}
        value={query}
        onChange={(event) => setQuery(event.target.value)}
      />
      <p className="panel-hint">{words.dragHint}</p>
      {[...bySchema].map(([schema, list]) => (
        <div key={schema}>
          <h2 className="panel-heading">{schema}</h2>
          <ul>
            {list.map((table) => (
              <Table key={labelOf(table)} connection={connection} table={table} />
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
};

const labelOf = ({ schema, name }: ServerTable): string => `${schema}.${name}`;

interface TableProps {
  readonly connection: ConnectionView;
  readonly table: ServerTable;
}

const Table = ({ connection, table }: TableProps): ReactElement => {
  const [isOpen, setIsOpen] = useState(false);
  const label = labelOf(table);
  const dragged: DraggedTable = {
    connection: connection.name,
    type: connection.type,
    schema: connection.type === "sqlite" ? null : table.schema,
    table: table.name,
  };
  const add = async (): Promise<void> => {
    try {
      await addTable(dragged, middleOfView());
      announce(words.added(label));
    } catch (error) {
      showMessage(error);
    }
  };
  const onDragStart = ({ dataTransfer }: DragEvent): void => {
    dataTransfer.setData(tableDrag, JSON.stringify(dragged));
    dataTransfer.effectAllowed = "copy";
  };
  return (
    <li>
      <div className="connection-table" draggable onDragStart={onDragStart}>
        <button
          type="button"
          className="connection-open"
          title={label}
          aria-expanded={isOpen}
          aria-label={words.columns(label)}
          onClick={() => setIsOpen(!isOpen)}
        >
          <Icon name="chevron" size={12} />
          <Icon name={table.kind === "view" ? "preview" : "columns"} size={14} />
          <span className="outline-name">{table.name}</span>
        </button>
        <RowCount table={table} />
        <IconButton icon="plus" label={words.addSourceOf(label)} onClick={() => void add()} />
      </div>
      {isOpen ? <Columns connection={connection.name} table={table} /> : null}
    </li>
  );
};

/** Short, so that the table's name has the room. */
const RowCount = ({ table: { kind, rows } }: Pick<TableProps, "table">): ReactElement | null => {
  if (kind === "view") return <span className="panel-hint">{words.view}</span>;
  if (rows === null) return null;
  return (
    <span className="panel-hint" title={words.rows(exactCount(rows))}>
      <span aria-hidden="true">{words.shortRows(shortCount(rows))}</span>
      <span className="hidden-visually">{words.rows(exactCount(rows))}</span>
    </span>
  );
};

const Columns = ({ connection: name, table }: { readonly connection: string; readonly table: ServerTable }) => {
  const key = `${name} ${labelOf(table)}`;
  const columns = useAsync(key, (signal) =>
    host().call("connections.columns", { name, schema: table.schema, table: table.name }, signal),
  );
  if (columns.status === "failed") return <p className="fact-bad">{columns.error.message}</p>;
  return (
    <ul className="connection-columns">
      {columns.value?.map((column) => (
        <li key={column.name}>
          <span>{column.name}</span>
          <span className="code panel-hint">
            {column.type}
            {column.isKey ? ` · ${words.key}` : ""}
          </span>
        </li>
      ))}
    </ul>
  );
};
