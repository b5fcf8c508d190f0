import { type KeyboardEvent, type ReactElement, useRef } from "react";

import type { NodeLineageView } from "../../shared/api/index.ts";
import { text } from "../text/text.ts";
import { Icon } from "../ui/icon.tsx";
import { lightColumn } from "./lineage-store.ts";

type Table = NodeLineageView["tables"][number];

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };

/** Moves the focus among the buttons of a list with the arrow keys; one tab stop. */
const walkList = (event: KeyboardEvent<HTMLElement>): void => {
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>(".lineage-column")];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const step = steps[event.key];
  const next = event.key === "Home" ? 0 : event.key === "End" ? rows.length - 1 : step === undefined ? -1 : at + step;
  if (at < 0 || (step === undefined && event.key !== "Home" && event.key !== "End")) return;
  event.preventDefault();
  rows[Math.max(0, Math.min(rows.length - 1, next))]?.focus();
};

interface ColumnListProps {
  readonly table: Table;
  /** The column that is lit now. */
  readonly chosen: string | null;
}

/** A table's columns; choosing one lights its way on the canvas. */
export const ColumnList = ({ table, chosen }: ColumnListProps): ReactElement => {
  const list = useRef<HTMLUListElement>(null);
  const { columns } = table;
  const focusable = columns.some(({ name }) => name === chosen) ? chosen : columns[0]?.name;
  return (
    <ul className="lineage-columns" ref={list} onKeyDown={walkList} aria-label={text.lineage.columnsOf(table.table)}>
      {columns.map(({ name, sources, readers }) => (
        <li key={name}>
          <button
            type="button"
            className="lineage-column"
            aria-pressed={name === chosen}
            tabIndex={name === focusable ? 0 : -1}
            onClick={() => void lightColumn(table.table, name)}
          >
            <span className="lineage-name" title={name}>
              {name}
            </span>
            <span className="lineage-from" title={text.lineage.from(sources)}>
              {text.lineage.from(sources)}
            </span>
            <span className="lineage-readers" title={text.lineage.readers(readers)}>
              <Icon name="lineage" size={12} />
              {readers}
              <span className="hidden-visually">{text.lineage.readers(readers)}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
};
