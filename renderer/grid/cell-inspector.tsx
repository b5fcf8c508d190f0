import { type ReactElement, useState } from "react";

import { type TableRef, type TableView, typeClass } from "../../shared/table/index.ts";
import { host } from "../api.ts";
import { useAsync } from "../panels/use-async.ts";
import { text } from "../text/text.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { showMessage } from "../ui/messages.tsx";
import { exactCount } from "../ui/numbers.ts";
import { FailedState, LoadingState } from "../ui/state-view.tsx";
import type { TableColumn } from "./columns-layout.ts";
import { bytesOf, hexDump } from "./hex-dump.ts";
import { type Nested, parseNested } from "./parse-nested.ts";

interface CellInspectorProps {
  readonly table: TableRef;
  readonly view: TableView;
  readonly version: string;
  readonly row: number;
  readonly column: TableColumn;
  readonly place: number;
  readonly onClose: () => void;
}

const { grid: words } = text;
/** More is drawn so slowly that it helps nobody. */
const mostCharacters = 1_000_000;
const openToDepth = 2;

/** One cell, whole: text as it is, nested values as a tree, bytes as hexadecimal. */
export const CellInspector = (props: CellInspectorProps): ReactElement => {
  const { table, view, version, row, column, place, onClose } = props;
  const key = JSON.stringify([table, view, version, row, place]);
  const cell = useAsync(key, (signal) => host().call("table.cell", { table, view, row, column: place }, signal));
  return (
    <aside className="cell-inspector" aria-label={words.inspector}>
      <header className="table-card-head">
        <strong>{column.name}</strong>
        <span className="column-type">{`${column.type} · ${words.rowNumber} ${exactCount(row + 1)}`}</span>
        {cell.status === "ready" && cell.value.text !== null ? <CopyValue value={cell.value.text} /> : null}
        <IconButton icon="close" label={text.actions.close} onClick={onClose} />
      </header>
      {cell.status === "failed" ? <FailedState error={cell.error} /> : null}
      {cell.status === "loading" ? <LoadingState label={text.preview.loading} /> : null}
      {cell.status === "ready" ? <Whole value={cell.value.text} column={column} /> : null}
    </aside>
  );
};

const CopyValue = ({ value }: { readonly value: string }): ReactElement => (
  <Button look="quiet" onClick={() => void navigator.clipboard.writeText(value).catch(showMessage)}>
    {words.copyCell}
  </Button>
);

const Whole = ({ value, column }: { readonly value: string | null; readonly column: TableColumn }): ReactElement => {
  const [isWrapped, setWrapped] = useState(true);
  if (value === null) return <p className="cell-null">{text.preview.null}</p>;
  if (value === "") return <p className="cell-null">{text.preview.emptyText}</p>;
  if (typeClass(column.type) === "binary" && /^BLOB$/i.test(column.type)) {
    const bytes = bytesOf(value.slice(0, mostCharacters));
    return (
      <>
        <p className="panel-hint">{words.bytes(bytes.length)}</p>
        <pre className="cell-text code" tabIndex={0} aria-label={column.name}>
          {hexDump(bytes.subarray(0, 65_536))}
        </pre>
      </>
    );
  }
  const tree = value.length <= mostCharacters ? parseNested(value) : null;
  if (tree !== null) return <Tree value={tree} name={null} depth={0} />;
  const isCut = value.length > mostCharacters;
  return (
    <>
      <label className="panel-hint">
        <input type="checkbox" checked={isWrapped} onChange={() => setWrapped(!isWrapped)} /> {words.wrap}
        {` · ${words.characters(value.length)}`}
        {isCut ? ` · ${words.tooLong(exactCount(mostCharacters))}` : ""}
      </label>
      <pre className={`cell-text code ${isWrapped ? "wrapped" : ""}`} tabIndex={0} aria-label={column.name}>
        {value.slice(0, mostCharacters)}
      </pre>
    </>
  );
};

interface TreeProps {
  readonly value: Nested;
  readonly name: string | null;
  readonly depth: number;
}

const mostChildren = 500;

const Tree = ({ value, name, depth }: TreeProps): ReactElement => {
  if (value.kind === "value") {
    return (
      <div className="tree-leaf code">
        {name === null ? null : <span className="tree-name">{`${name}: `}</span>}
        <span className={value.text === "NULL" || value.text === "null" ? "tree-null" : undefined}>{value.text}</span>
      </div>
    );
  }
  const children =
    value.kind === "list" ? value.items.map((item, at) => ({ name: String(at), value: item })) : value.fields;
  const size = value.kind === "list" ? `[${children.length}]` : `{${children.length}}`;
  return (
    <details className="tree code" open={depth < openToDepth}>
      <summary>
        {name === null ? null : <span className="tree-name">{`${name}: `}</span>}
        {size}
      </summary>
      {children.slice(0, mostChildren).map((child, at) => (
        // Keys of a map's text may repeat.
        // eslint-disable-next-line react/no-array-index-key
        <Tree key={at} name={child.name} value={child.value} depth={depth + 1} />
      ))}
      {children.length > mostChildren ? (
        <div className="tree-leaf">{`… ${exactCount(children.length - mostChildren)}`}</div>
      ) : null}
    </details>
  );
};
