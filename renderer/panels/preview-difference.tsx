import { type ReactElement, type ReactNode, useState } from "react";

import type { ColumnDifference, DifferenceView } from "../../shared/api/index.ts";
import { host } from "../api.ts";
import { Popover } from "../grid/popover.tsx";
import { TableView } from "../grid/table-view.tsx";
import { text } from "../text/text.ts";
import { Button } from "../ui/button.tsx";
import { exactCount } from "../ui/numbers.ts";
import { EmptyState, FailedState, LoadingState } from "../ui/state-view.tsx";
import { dayAndTime } from "../ui/times.ts";
import { useAsync } from "./use-async.ts";

const { difference: words } = text;

interface DifferenceProps {
  readonly node: string;
  readonly version: string;
  readonly lead: ReactNode;
}

/** What moved between a node's output and the last different one: rows by key, and each column in figures. */
export const Difference = ({ node, version, lead }: DifferenceProps): ReactElement => {
  const [keys, setKeys] = useState<readonly string[] | null>(null);
  const found = useAsync(JSON.stringify([node, version, keys]), (signal) =>
    host().call("table.difference", { node, keys: keys === null ? null : [...keys] }, signal),
  );
  if (found.status === "ready")
    return <Shown node={node} found={found.value} version={version} lead={lead} onKeys={setKeys} />;
  return (
    <div className="panel-column">
      <div className="panel-bar">{lead}</div>
      {found.status === "failed" ? <FailedState error={found.error} /> : <LoadingState label={words.looking} />}
    </div>
  );
};

interface ShownProps extends DifferenceProps {
  readonly found: DifferenceView;
  readonly onKeys: (keys: readonly string[]) => void;
}

const Shown = ({ node, found, version, lead, onKeys }: ShownProps): ReactElement => {
  const { before, after, added, removed, changed, keys } = found;
  const counts = words.counts(exactCount(added), exactCount(removed), changed === null ? null : exactCount(changed));
  const time = dayAndTime(before.time);
  const bar = (
    <>
      <strong className="difference-counts">{counts}</strong>
      <KeyPicker found={found} onKeys={onKeys} />
    </>
  );
  const isSame = added + removed + (changed ?? 0) === 0;
  return (
    <div className="difference">
      <section className="difference-columns" aria-label={words.columnsLabel} tabIndex={0}>
        <div className="difference-lead">{lead}</div>
        <p className="panel-hint">{words.against(text.rows(after.rows), time, exactCount(before.rows))}</p>
        <ColumnTable columns={found.columns} />
      </section>
      {isSame ? (
        <div className="panel-column">
          <div className="panel-bar">{bar}</div>
          <EmptyState icon="ok" title={words.same} next={words.keysFrom[found.keysFrom]} />
        </div>
      ) : (
        <TableView
          key={keys.join("\n")}
          label={words.rows(node)}
          table={{ type: "difference", node, keys: [...keys] }}
          version={version}
          lead={bar}
        />
      )}
    </div>
  );
};

const KeyPicker = ({ found, onKeys }: Pick<ShownProps, "found" | "onKeys">): ReactElement => {
  const { keys, keysFrom, columns } = found;
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState<readonly string[]>(keys);
  const shown = keys.length === 0 ? words.keysNone : keys.join(", ");
  return (
    <span className="difference-keys">
      <Button look="quiet" title={words.keysFrom[keysFrom]} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {`${words.keys}: ${shown}`}
      </Button>
      {isOpen ? (
        <Popover label={words.keys} onClose={() => setOpen(false)}>
          <p className="panel-hint">{words.keysFrom[keysFrom]}</p>
          {columns
            .filter(({ state }) => state === "same")
            .map(({ name }) => (
              <label key={name} className="key-choice">
                <input
                  type="checkbox"
                  checked={chosen.includes(name)}
                  onChange={(event) =>
                    setChosen(event.target.checked ? [...chosen, name] : chosen.filter((key) => key !== name))
                  }
                />
                {name}
              </label>
            ))}
          <Button
            look="primary"
            onClick={() => {
              setOpen(false);
              onKeys(chosen);
            }}
          >
            {text.grid.apply}
          </Button>
        </Popover>
      ) : null}
    </span>
  );
};

const ColumnTable = ({ columns }: { readonly columns: readonly ColumnDifference[] }): ReactElement => (
  <table className="difference-table">
    <thead>
      <tr>
        <th scope="col">{words.column}</th>
        <th scope="col" className="numeric">
          {words.moved}
        </th>
        <th scope="col">{words.before}</th>
        <th scope="col">{words.after}</th>
      </tr>
    </thead>
    <tbody>
      {columns.map((column) => (
        <tr key={column.name} className={isMoved(column) ? "moved" : undefined}>
          <th scope="row">
            {column.name} <span className="column-type">{words.states[column.state]}</span>
          </th>
          <td className="numeric">{column.changed === null ? "" : exactCount(column.changed)}</td>
          <td>{figures(column.typeBefore, column.before)}</td>
          <td>{figures(column.typeAfter, column.after)}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

const isMoved = ({ state, changed, before, after }: ColumnDifference): boolean =>
  state !== "same" || (changed ?? 0) > 0 || JSON.stringify(before) !== JSON.stringify(after);

const figures = (type: string | null, summary: ColumnDifference["before"]): string => {
  if (type === null || summary === null) return "";
  const { nulls, distinct, min, max } = summary;
  const range = min === null || max === null ? "" : ` · ${text.grid.range(min, max)}`;
  return words.summary(exactCount(nulls), exactCount(distinct), range);
};
