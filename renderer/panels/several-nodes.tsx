import type { ReactElement } from "react";

import { graph } from "../store/graph-store.ts";
import { text } from "../text/text.ts";
import { Icon, isIconName } from "../ui/icon.tsx";

const shown = 12;
const { inspector: words } = text;

/** With several nodes selected: says so, and lets one of them be chosen. */
export const SeveralNodes = ({ ids }: { readonly ids: readonly string[] }): ReactElement => (
  <div className="several-nodes">
    <p className="state-title">{words.many(ids.length)}</p>
    <p className="panel-hint">{words.manyNext}</p>
    <ul className="outline" aria-label={words.many(ids.length)}>
      {ids.slice(0, shown).map((id) => (
        <li key={id}>
          <One id={id} />
        </li>
      ))}
    </ul>
    {ids.length > shown ? <p className="panel-hint">{words.manyMore(ids.length - shown)}</p> : null}
  </div>
);

const One = ({ id }: { readonly id: string }): ReactElement => {
  const node = graph.get(id);
  const kind = node?.type === "node" ? node.view.kind : "broken";
  return (
    <button type="button" className="outline-row" data-kind={kind} title={id} onClick={() => graph.select([id])}>
      <Icon name={isIconName(kind) ? kind : "file"} size={14} />
      <span className="outline-name">{id}</span>
    </button>
  );
};

interface SelectedPickerProps {
  readonly ids: readonly string[];
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}

/** Which of the selected nodes is looked at; the selection stays. */
export const SelectedPicker = ({ ids, chosen, onChoose }: SelectedPickerProps): ReactElement => (
  <div className="panel-bar">
    <span>{words.many(ids.length)}</span>
    <select
      className="field input-picker"
      aria-label={words.manyShown}
      value={chosen}
      onChange={(event) => onChoose(event.target.value)}
    >
      {ids.map((id) => (
        <option key={id}>{id}</option>
      ))}
    </select>
  </div>
);
