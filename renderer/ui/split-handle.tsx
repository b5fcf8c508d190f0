import { type KeyboardEvent, type PointerEvent, type ReactElement, useRef } from "react";

interface SplitHandleProps {
  readonly label: string;
  readonly orientation: "vertical" | "horizontal";
  /** Size of the area it changes, in pixels. */
  readonly size: number;
  readonly smallest: number;
  readonly largest: number;
  /** 1 when moving right or down makes the area larger, -1 when smaller. */
  readonly direction: 1 | -1;
  readonly onResize: (size: number) => void;
}

const step = 16;

/** The line between two areas: dragged, or moved with the arrow keys. */
export const SplitHandle = (props: SplitHandleProps): ReactElement => {
  const { label, orientation, size, smallest, largest, direction, onResize } = props;
  const start = useRef<{ readonly at: number; readonly size: number } | null>(null);
  const clamp = (wanted: number): number => Math.round(Math.max(smallest, Math.min(largest, wanted)));
  const at = (event: PointerEvent): number => (orientation === "vertical" ? event.clientX : event.clientY);

  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { at: at(event), size };
  };
  const onPointerMove = (event: PointerEvent): void => {
    if (start.current === null) return;
    onResize(clamp(start.current.size + direction * (at(event) - start.current.at)));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const keys = orientation === "vertical" ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
    const sign = [-1, 1][keys.indexOf(event.key)];
    if (sign === undefined) return;
    event.preventDefault();
    onResize(clamp(size + sign * direction * step));
  };
  return (
    <div
      role="separator"
      className={`split-handle split-${orientation}`}
      aria-label={label}
      aria-orientation={orientation}
      aria-valuenow={Math.round(size)}
      aria-valuemin={smallest}
      aria-valuemax={largest}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => (start.current = null)}
      onPointerCancel={() => (start.current = null)}
      onKeyDown={onKeyDown}
    />
  );
};
