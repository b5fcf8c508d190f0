import { memo, type ReactElement, useMemo, useState } from "react";

import { matchScore } from "../commands/match.ts";
import { reveal } from "../canvas/viewport.ts";
import { graph, nodeName } from "../store/graph-store.ts";
import { useIsSelected, useNode, useNodeIds, useNodeState } from "../store/use-graph.ts";
import { text } from "../text/text.ts";
import { Icon, isIconName } from "../ui/icon.tsx";
import { useRowsInView } from "../ui/rows-in-view.ts";
import { OutlineItems } from "./outline-items.tsx";

/** The height of a row, as panels.css has it. */
const rowHeight = 26;

/** Every node by name, grouped by kind. */
export const OutlinePanel = (): ReactElement => {
  const all = useNodeIds();
  const [query, setQuery] = useState("");
  const ids = useMemo(() => all.filter((id) => query === "" || matchScore(query, id) !== null), [all, query]);
  return (
    <div className="panel-column">
      <div className="panel-filter">
        <input
          className="field"
          type="search"
          aria-label={text.outline.filter}
          placeholder={text.outline.filter}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
      </div>
      {ids.length === 0 && query !== "" ? <p className="panel-hint padded">{text.outline.none(query)}</p> : null}
      {query === "" ? <OutlineItems /> : null}
      <OutlineRows ids={ids} />
    </div>
  );
};

const OutlineRows = ({ ids }: { readonly ids: readonly string[] }): ReactElement => {
  const { box, look, first, last } = useRowsInView<HTMLUListElement>(ids.length, rowHeight);
  return (
    <ul className="outline" ref={box} aria-label={text.panels.outline} onScroll={look}>
      {ids.slice(first, last).map((id, at) => (
        <OutlineRow
          key={id}
          id={id}
          place={first + at + 1}
          count={ids.length}
          // Room for the rows that are no elements: a list may hold nothing but its items.
          above={at === 0 ? first * rowHeight : 0}
          below={first + at === last - 1 ? (ids.length - last) * rowHeight : 0}
        />
      ))}
    </ul>
  );
};

interface OutlineRowProps {
  readonly id: string;
  /** Which row of how many it is: the others need not be elements. */
  readonly place: number;
  readonly count: number;
  /** Pixels that are left free. */
  readonly above: number;
  readonly below: number;
}

const OutlineRow = memo(({ id, place, count, above, below }: OutlineRowProps): ReactElement | null => {
  const node = useNode(id);
  const isSelected = useIsSelected(id);
  const { state, why } = useNodeState(id);
  if (node === null) return null;
  const kind = node.type === "node" ? node.view.kind : "broken";
  return (
    <li aria-posinset={place} aria-setsize={count} style={{ marginTop: above, marginBottom: below }}>
      <button
        type="button"
        className="outline-row"
        data-kind={kind}
        aria-current={isSelected ? "true" : undefined}
        title={why === "" ? text.state[state] : `${text.state[state]}: ${why}`}
        onClick={() => {
          graph.select([id]);
          reveal(id);
        }}
      >
        <Icon name={isIconName(kind) ? kind : "file"} size={14} />
        <span className="outline-name">{nodeName(node)}</span>
        <span className={`state-glyph glyph-${state}`}>
          <Icon name={state} size={13} />
        </span>
        <span className="hidden-visually">{text.state[state]}</span>
      </button>
    </li>
  );
});
