import type { ReactElement } from "react";

/** How far it is, 0 to 1, along a card's lower edge; `null` where nobody can tell. */
export const CardProgress = ({ fraction }: { readonly fraction: number | null }): ReactElement => (
  <svg className="card-progress" viewBox="0 0 100 3" preserveAspectRatio="none" aria-hidden="true">
    {fraction === null ? (
      <rect className="progress-unknown" x="0" y="0" width="30" height="3" />
    ) : (
      <rect x="0" y="0" width={Math.max(1, fraction * 100)} height="3" />
    )}
  </svg>
);
