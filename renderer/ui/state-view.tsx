import type { ReactElement, ReactNode } from "react";

import { toHeadraceError } from "../../shared/errors/index.ts";
import { text } from "../text/text.ts";
import { Icon, type IconName } from "./icon.tsx";
import { Marked } from "./marked.tsx";
import { plainCause } from "./plain-cause.ts";

interface EmptyProps {
  readonly icon: IconName;
  readonly title: string;
  /** What to do now. */
  readonly next: string;
  readonly children?: ReactNode;
}

/** A view with nothing to show: says why, and what to do next. */
export const EmptyState = ({ icon, title, next, children }: EmptyProps): ReactElement => (
  <div className="state-view">
    <Icon name={icon} size={28} />
    <p className="state-title">{title}</p>
    <p className="state-next">
      <Marked words={next} />
    </p>
    {children === undefined ? null : <div className="state-actions">{children}</div>}
  </div>
);

/** A view whose content is on its way; says so only when it takes a moment. */
export const LoadingState = ({ label }: { readonly label: string }): ReactElement => (
  <div className="state-view state-loading" role="status">
    <span className="spinner" aria-hidden="true" />
    <p className="state-next">{label}</p>
  </div>
);

/** Nothing went wrong, something has only not been done yet: what to do about it here; `null` as the error says. */
const notYet: ReadonlyMap<string, string | null> = new Map([
  ["output_missing", text.preview.notRunNext],
  ["difference_none", null],
]);

/** A view that failed: what happened, where, and the next step. */
export const FailedState = ({
  error,
  children,
}: {
  readonly error: unknown;
  readonly children?: ReactNode;
}): ReactElement => {
  const { code, message, next, location, cause } = toHeadraceError(error);
  const detail = plainCause(cause instanceof Error ? cause.message : null);
  const isCalm = notYet.has(code);
  const advice = notYet.get(code) ?? next;
  return (
    <div className={isCalm ? "state-view" : "state-view state-failed"} role={isCalm ? "status" : "alert"}>
      <Icon name={isCalm ? "preview" : "invalid"} size={28} />
      <p className="state-title">{message}</p>
      {location === null ? null : <p className="code">{`${location.file}:${location.line}:${location.column}`}</p>}
      {detail === null ? null : <pre className="state-cause code">{detail}</pre>}
      <p className="state-next">
        <Marked words={advice} />
      </p>
      {children === undefined ? null : <div className="state-actions">{children}</div>}
    </div>
  );
};
