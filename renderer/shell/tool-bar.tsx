import type { ReactElement } from "react";
import { useStore } from "zustand";

import { keysFor } from "../commands/key-settings.ts";
import { showKeys } from "../commands/keys.ts";
import { runCommand } from "../commands/keymap.ts";
import { findCommand } from "../commands/registry.ts";
import { layout } from "../store/layout-store.ts";
import { project } from "../store/project-store.ts";
import { runs } from "../store/run-store.ts";
import { useRuns } from "../store/use-graph.ts";
import { text } from "../text/text.ts";
import { IconButton } from "../ui/button.tsx";
import { Icon, type IconName } from "../ui/icon.tsx";

interface CommandButtonProps {
  readonly command: string;
  readonly icon: IconName;
  readonly isPressed?: boolean;
}

/** A button that does what the palette and the keys do. */
const CommandButton = ({ command: id, icon, isPressed }: CommandButtonProps): ReactElement | null => {
  const command = findCommand(id);
  if (command === null) return null;
  const [keys] = keysFor(command);
  return (
    <IconButton
      icon={icon}
      label={command.title}
      keys={keys === undefined ? null : showKeys(keys)}
      aria-pressed={isPressed}
      onClick={() => runCommand(command)}
    />
  );
};

/** The row above everything: where you are, find, run, areas. */
export const ToolBar = (): ReactElement => {
  const name = useStore(project, ({ info }) => info?.name ?? "");
  const isClosed = useStore(project, ({ status }) => status === "closed");
  const openPalette = findCommand("window.palette");
  return (
    <header className="tool-bar">
      <span className="brand">
        <svg width="20" height="20" viewBox="0 0 32 32" aria-hidden="true">
          <rect width="32" height="32" rx="7" />
          <path d="M6 11c4-3.400 7-3.400 10 0s6 3.400 10 0M6 17.500c4-3.400 7-3.400 10 0s6 3.400 10 0M6 24c4-3.400 7-3.400 10 0s6 3.400 10 0" />
        </svg>
        {text.product}
      </span>
      {name === "" ? null : <h1 className="tool-project">{name}</h1>}
      <button
        type="button"
        className="tool-find"
        onClick={() => openPalette !== null && runCommand(openPalette)}
        title={text.commands.palette}
      >
        <Icon name="search" size={14} />
        <span className="tool-find-words">{text.commandPalette.placeholder}</span>
        <kbd>{showKeys("Mod+K")}</kbd>
      </button>
      {isClosed ? null : <Tools />}
    </header>
  );
};

const Tools = (): ReactElement => {
  const { left, right, bottom } = useStore(layout);
  const isRunning = useRuns("run", () => runs.isRunning);
  return (
    <>
      <span className="tool-group">
        <CommandButton command="canvas.tidy" icon="tidy" />
        <CommandButton command="canvas.fit" icon="fit" />
        {isRunning ? (
          <CommandButton command="run.cancel" icon="stop" />
        ) : (
          <CommandButton command="run.stale" icon="run" />
        )}
      </span>
      <span className="tool-group">
        <CommandButton command="window.left" icon="left" isPressed={left.isOpen} />
        <CommandButton command="window.bottom" icon="bottom" isPressed={bottom.isOpen} />
        <CommandButton command="window.right" icon="right" isPressed={right.isOpen} />
      </span>
    </>
  );
};
