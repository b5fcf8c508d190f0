import { type KeyboardEvent, type ReactElement, useEffect, useRef, useState } from "react";

import { Icon, type IconName } from "../ui/icon.tsx";

export interface MenuItem {
  readonly id: string;
  readonly label: string;
  readonly run: () => void;
}

interface DropMenuProps {
  readonly label: string;
  readonly icon?: IconName;
  readonly items: readonly MenuItem[];
  readonly isDisabled?: boolean;
}

const roomNeeded = 240;

/** A button that opens a list of actions; arrows walk it, Escape closes it. */
export const DropMenu = ({ label, icon, items, isDisabled = false }: DropMenuProps): ReactElement => {
  const [isOpen, setOpen] = useState(false);
  // Near the left edge the list grows to the right, so that no part of it is cut off.
  const [isAtStart, setAtStart] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!isOpen) return undefined;
    root.current?.querySelector<HTMLElement>("[role='menuitem']")?.focus();
    const onPointerDown = (event: globalThis.PointerEvent): void => {
      if (event.target instanceof Node && root.current?.contains(event.target) === false) setOpen(false);
    };
    document.addEventListener("pointerdown", onPointerDown);
    return () => document.removeEventListener("pointerdown", onPointerDown);
  }, [isOpen]);
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const all = [...(root.current?.querySelectorAll<HTMLElement>("[role='menuitem']") ?? [])];
    const at = all.findIndex((item) => item === document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape" || event.key === "Tab") close();
    else if (step !== undefined) all.at((at + step) % all.length)?.focus();
    else if (event.key === "Home") all[0]?.focus();
    else if (event.key === "End") all.at(-1)?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="drop-menu" ref={root}>
      <button
        type="button"
        ref={button}
        className="button button-quiet"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        disabled={isDisabled}
        onClick={() => {
          setAtStart((root.current?.offsetLeft ?? 0) < roomNeeded);
          setOpen(!isOpen);
        }}
      >
        {icon === undefined ? null : <Icon name={icon} />}
        <span>{label}</span>
        <span className="drop-arrow">
          <Icon name="chevron" size={10} />
        </span>
      </button>
      {isOpen ? (
        <div
          className={`drop-list ${isAtStart ? "at-start" : ""}`}
          role="menu"
          aria-label={label}
          onKeyDown={onKeyDown}
        >
          {items.map(({ id, label: words, run }) => (
            <button
              type="button"
              role="menuitem"
              key={id}
              tabIndex={-1}
              onClick={() => {
                close();
                run();
              }}
            >
              {words}
            </button>
          ))}
        </div>
      ) : null}
    </div>
  );
};
