import { type KeyboardEvent, type ReactElement, type ReactNode, useRef } from "react";

import { Icon, type IconName } from "./icon.tsx";

export interface Tab {
  readonly id: string;
  readonly label: string;
  readonly icon: IconName;
  /** A short count beside the label. */
  readonly badge?: ReactNode;
}

interface TabsProps {
  readonly label: string;
  /** Makes the ids of tabs and their panel. */
  readonly name: string;
  readonly tabs: readonly Tab[];
  readonly selected: string;
  readonly onSelect: (id: string) => void;
  /** Buttons at the end of the row. */
  readonly actions?: ReactNode;
}

const stepOf = (key: string, at: number, length: number): number | null => {
  switch (key) {
    case "ArrowRight":
      return (at + 1) % length;
    case "ArrowLeft":
      return (at - 1 + length) % length;
    case "Home":
      return 0;
    case "End":
      return length - 1;
    default:
      return null;
  }
};

/** A row of tabs: one stop of the Tab key, arrows within. The panel belongs in an element of `tabPanelProps`. */
export const Tabs = ({ label, name, tabs, selected, onSelect, actions }: TabsProps): ReactElement => {
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = tabs.findIndex(({ id }) => id === selected);
    const next = tabs[stepOf(event.key, at, tabs.length) ?? -1];
    if (next === undefined) return;
    event.preventDefault();
    onSelect(next.id);
    list.current?.querySelector<HTMLElement>(`#${name}-tab-${next.id}`)?.focus();
  };
  return (
    <div className="tabs">
      <div className="tab-list" role="tablist" aria-label={label} ref={list} onKeyDown={onKeyDown}>
        {tabs.map(({ id, label: words, icon, badge }) => (
          <button
            type="button"
            role="tab"
            key={id}
            id={`${name}-tab-${id}`}
            className="tab"
            title={words}
            aria-selected={id === selected}
            aria-controls={`${name}-panel`}
            tabIndex={id === selected ? 0 : -1}
            onClick={() => onSelect(id)}
          >
            <Icon name={icon} size={14} />
            <span>{words}</span>
            {badge}
          </button>
        ))}
      </div>
      {actions === undefined ? null : <div className="tab-actions">{actions}</div>}
    </div>
  );
};

/** What the element that holds a tab's content needs. */
export const tabPanelProps = (name: string, selected: string) =>
  ({ role: "tabpanel", id: `${name}-panel`, "aria-labelledby": `${name}-tab-${selected}` }) as const;
