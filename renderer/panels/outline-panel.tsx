import { memo, type ReactElement, useMemo, useState } from "react";

import { matchScore } from "../commands/match.ts";
import { reveal } from "../canvas/viewport.ts";
import { graph, nodeName } from "../store/graph-store.ts";
import { useIsSelected, useNode, useNodeIds, useNodeState } from "../store/use-graph.ts";
import { text } from "../text/text.ts";
import { Icon, isIconName } from "../ui/icon.tsx";
import { OutlineItems } from "./outline-items.tsx";

/** Most rows drawn; a filter reaches the rest. */
const most = 500;

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
      <ul className="outline" aria-label={text.panels.outline}>
        {ids.slice(0, most).map((id) => (
          <OutlineRow key={id} id={id} />
        ))}
      </ul>
      {ids.length > most ? <p className="panel-hint padded">{text.nodes(ids.length)}</p> : null}
    </div>
  );
};

const OutlineRow = memo(({ id }: { readonly id: string }): ReactElement | null => {
  const node = useNode(id);
  const isSelected = useIsSelected(id);
  const { state, why } = useNodeState(id);
  if (node === null) return null;
  const kind = node.type === "node" ? node.view.kind : "broken";
  return (
    <li>
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
