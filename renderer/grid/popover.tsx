import { type CSSProperties, type KeyboardEvent, type ReactElement, type ReactNode, useEffect, useRef } from "react";

import { useLatest } from "../ui/use-latest.ts";

interface PopoverProps {
  readonly label: string;
  readonly className?: string;
  /** What it belongs to, on the screen; it stands where there is more room. Left out: where its style says. */
  readonly near?: DOMRect | null;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

const focusable = "button:not(:disabled), input, select, textarea, [tabindex='0']";

/** A small window over a part of the panel: takes the focus, closes with Escape or a click elsewhere. */
export const Popover = ({ label, className = "", near = null, onClose, children }: PopoverProps): ReactElement => {
  const element = useRef<HTMLDivElement>(null);
  const close = useLatest(onClose);
  useEffect(() => {
    const before = document.activeElement;
    element.current?.querySelector<HTMLElement>(`:is(${focusable}):not(.icon-button)`)?.focus();
    const onPointerDown = (event: globalThis.PointerEvent): void => {
      if (event.target instanceof Node && element.current?.contains(event.target) === false) close.get()();
    };
    // The click that opened it is still on its way.
    const timer = setTimeout(() => document.addEventListener("pointerdown", onPointerDown), 0);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("pointerdown", onPointerDown);
      if (
        before instanceof HTMLElement &&
        (document.activeElement === document.body || document.activeElement === null)
      ) {
        before.focus();
      }
    };
  }, [close]);
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === "Escape") {
      event.preventDefault();
      onClose();
    }
    if (event.key === "Tab") keepWithin(event, element.current);
  };
  return (
    <div
      className={`popover ${className}`}
      role="dialog"
      aria-label={label}
      ref={element}
      style={near === null ? undefined : placed(near)}
      onKeyDown={onKeyDown}
    >
      {children}
    </div>
  );
};

const widest = 360;
const margin = 8;

/** Above or below, wherever there is more room, and never beyond an edge of the window. */
const placed = ({ left, top, bottom }: DOMRect): CSSProperties => {
  const { innerWidth, innerHeight } = window;
  const isAbove = top > innerHeight - bottom;
  const room = (isAbove ? top : innerHeight - bottom) - 2 * margin;
  return {
    position: "fixed",
    right: "auto",
    left: Math.max(margin, Math.min(left, innerWidth - widest - margin)),
    maxHeight: room,
    ...(isAbove ? { top: "auto", bottom: innerHeight - top + margin } : { top: bottom + margin }),
  };
};

const keepWithin = (event: KeyboardEvent, element: HTMLElement | null): void => {
  const all = [...(element?.querySelectorAll<HTMLElement>(focusable) ?? [])];
  const [first, last] = [all[0], all.at(-1)];
  const leaves = event.shiftKey ? document.activeElement === first : document.activeElement === last;
  if (!leaves) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
};
