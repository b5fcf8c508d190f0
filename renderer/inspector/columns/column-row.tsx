import { type KeyboardEvent, type ReactElement, useState } from "react";

import type { NodeLineageView } from "../../../shared/api/index.ts";
import { host } from "../../api.ts";
import { lightColumn } from "../../lineage/lineage-store.ts";
import { RenameColumn } from "../../lineage/rename-column.tsx";
import { useAsync } from "../../panels/use-async.ts";
import { graph } from "../../store/graph-store.ts";
import { text } from "../../text/text.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";

type LineageColumn = NodeLineageView["tables"][number]["columns"][number];

interface ColumnRowProps {
  readonly node: string;
  readonly name: string;
  readonly type: string;
  readonly description: string;
  /** `null` where the file has no place for a description. */
  readonly onDescribe: ((words: string) => void) | null;
  readonly lineage: LineageColumn | null;
}

/** A column: what it is called, of which type, what it means; opened, also where it comes from and who uses it. */
export const ColumnRow = ({ node, name, type, description, onDescribe, lineage }: ColumnRowProps): ReactElement => {
  const [isOpen, setOpen] = useState(false);
  const [isRenaming, setRenaming] = useState(false);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "F2") return;
    event.preventDefault();
    event.stopPropagation();
    setOpen(true);
    setRenaming(true);
  };
  return (
    <li className="inspected-column">
      <button
        type="button"
        className="inspected-head"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        onKeyDown={onKeyDown}
      >
        <Icon name="chevron" size={12} />
        <span className="column-name">{name}</span>
        <span className="column-type">{type}</span>
      </button>
      {onDescribe === null ? null : <Description name={name} saved={description} onSave={onDescribe} />}
      {onDescribe === null && description !== "" ? <p className="inspected-words">{description}</p> : null}
      {isOpen ? (
        <div className="inspected-more">
          <Made lineage={lineage} />
          <Used node={node} column={name} />
          {isRenaming ? (
            <RenameColumn table={node} column={name} onClose={() => setRenaming(false)} />
          ) : (
            <div className="lineage-buttons">
              <Button look="quiet" onClick={() => void lightColumn(node, name)}>
                {text.lineage.light}
              </Button>
              <Button look="quiet" onClick={() => setRenaming(true)}>
                {text.lineage.rename}
              </Button>
            </div>
          )}
        </div>
      ) : null}
    </li>
  );
};

interface DescriptionProps {
  readonly name: string;
  readonly saved: string;
  readonly onSave: (words: string) => void;
}

const Description = ({ name, saved, onSave }: DescriptionProps): ReactElement => {
  const [written, setWritten] = useState<string | null>(null);
  const leave = (): void => {
    if (written !== null && written.trim() !== saved) onSave(written.trim());
    setWritten(null);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === "Enter") event.currentTarget.blur();
    if (event.key === "Escape") setWritten(null);
  };
  return (
    <input
      className="field inspected-description"
      aria-label={text.columnsTab.description(name)}
      placeholder={text.columnsTab.describe}
      value={written ?? saved}
      onChange={(event) => setWritten(event.target.value)}
      onBlur={leave}
      onKeyDown={onKeyDown}
    />
  );
};

const Made = ({ lineage }: { readonly lineage: LineageColumn | null }): ReactElement | null => {
  if (lineage === null || lineage.sources.length === 0) return null;
  const names = lineage.sources.map(({ table, column }) => ({
    table,
    name: column === null ? table : `${table}.${column}`,
  }));
  return <Names label={text.columnsTab.made} names={names} />;
};

/** Asked only when somebody opens the column. */
const Used = ({ node, column }: { readonly node: string; readonly column: string }): ReactElement | null => {
  const found = useAsync(`${node} ${column}`, (signal) =>
    host().call("lineage.columns", { table: node, column }, signal),
  );
  if (found.status !== "ready") return null;
  const { steps, conditions } = found.value.downstream;
  const direct = steps.filter(({ from }) => from.table === node && from.column === column);
  const names = [
    ...direct.map(({ to }) => ({ table: to.table, name: to.column === null ? to.table : `${to.table}.${to.column}` })),
    ...conditions
      .filter(({ from }) => from.table === node)
      .map((condition) => ({ table: condition.node, name: condition.node })),
  ];
  return <Names label={text.columnsTab.used} names={names} />;
};

interface NamesProps {
  readonly label: string;
  readonly names: readonly { readonly table: string; readonly name: string }[];
}

const Names = ({ label, names }: NamesProps): ReactElement | null => {
  const each = new Map(names.map((entry) => [entry.name, entry]));
  if (each.size === 0) return null;
  return (
    <div className="inspected-names">
      <span className="inspected-names-label">{label}</span>
      {[...each.values()].map(({ table, name }) => (
        <button
          type="button"
          className="link code"
          key={name}
          onClick={() => graph.slotOf(table) >= 0 && graph.select([table])}
        >
          {name}
        </button>
      ))}
    </div>
  );
};
