import { type KeyboardEvent, type ReactElement, useEffect, useRef, useState } from "react";
import { useStore } from "zustand";

import { cardWidth, graph } from "../../store/graph-store.ts";
import { text } from "../../text/text.ts";
import { announce } from "../../ui/announcer.tsx";
import { viewport } from "../viewport.ts";
import { focusCanvas } from "./add-node.ts";
import { applyEdit } from "./apply-edit.ts";
import { onScreen } from "./quick-add.ts";
import { endRenaming, renaming } from "./rename-store.ts";

const words = text.author;
const valid = /^[a-z_][a-z0-9_]*$/;

/** The name of a card, to be written in its place. */
export const RenameField = (): ReactElement | null => {
  const { node: id } = useStore(renaming);
  const node = id === null ? null : graph.get(id);
  return node?.type === "node" ? (
    <OpenField key={node.id} id={node.id} kind={node.view.kind} name={node.view.name} />
  ) : null;
};

interface OpenProps {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
}

const OpenField = ({ id, kind, name }: OpenProps): ReactElement => {
  const field = useRef<HTMLInputElement>(null);
  const [written, setWritten] = useState(name);
  const view = useStore(viewport);
  const isWrong = !valid.test(written);
  useEffect(() => field.current?.select(), []);

  const leave = (): void => {
    endRenaming();
    focusCanvas();
  };
  const save = async (): Promise<void> => {
    if (isWrong) return announce(words.renameWrong);
    leave();
    if (written === name) return undefined;
    // The card keeps its place under its new name.
    const place = graph.positionOf(id);
    const next = `${kind}.${written}`;
    const commands = [
      { type: "rename" as const, node: id, name: written },
      ...(place === null ? [] : [{ type: "place" as const, positions: { [next]: place } }]),
    ];
    if ((await applyEdit(words.renameLabel(name), commands)) === null) return undefined;
    selectWhenThere(next, place);
    announce(words.renamed(name, written));
    return undefined;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === "Enter") void save();
    else if (event.key === "Escape") leave();
    else return;
    event.preventDefault();
  };
  const at = onScreen(graph.positionOf(id) ?? { x: 0, y: 0 });
  return (
    <div className="rename" style={{ left: at.x, top: at.y, width: Math.max(200, cardWidth * view.zoom) }}>
      <input
        ref={field}
        className="field rename-field"
        aria-label={words.renameField(name)}
        aria-invalid={isWrong}
        aria-describedby="rename-help"
        value={written}
        spellCheck={false}
        onChange={(event) => setWritten(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={endRenaming}
      />
      <p id="rename-help" className={isWrong ? "rename-help rename-wrong" : "rename-help"}>
        {isWrong ? words.renameWrong : words.renameHelp}
      </p>
    </div>
  );
};

const selectWhenThere = (id: string, place: { readonly x: number; readonly y: number } | null): void => {
  const select = (): boolean => {
    if (graph.slotOf(id) < 0) return false;
    if (place !== null) graph.moveAll([[id, place]]);
    graph.select([id]);
    return true;
  };
  if (select()) return;
  const stop = graph.on("structure", () => {
    if (select()) stop();
  });
};
