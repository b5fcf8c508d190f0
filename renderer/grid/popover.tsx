import { type KeyboardEvent, type ReactElement, type ReactNode, useEffect, useRef } from "react";

import { useLatest } from "../ui/use-latest.ts";

interface PopoverProps {
  readonly label: string;
  readonly className?: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

const focusable = "button:not(:disabled), input, select, textarea, [tabindex='0']";

/** A small window over a part of the panel: takes the focus, closes with Escape or a click elsewhere. */
export const Popover = ({ label, className = "", onClose, children }: PopoverProps): ReactElement => {
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
    <div className={`popover ${className}`} role="dialog" aria-label={label} ref={element} onKeyDown={onKeyDown}>
      {children}
    </div>
  );
};

const keepWithin = (event: KeyboardEvent, element: HTMLElement | null): void => {
  const all = [...(element?.querySelectorAll<HTMLElement>(focusable) ?? [])];
  const [first, last] = [all[0], all.at(-1)];
  const leaves = event.shiftKey ? document.activeElement === first : document.activeElement === last;
  if (!leaves) return;
  event.preventDefault();
  (event.shiftKey ? last : first)?.focus();
};
