import { memo, type ReactElement } from "react";

import type { Filter } from "../../shared/table/index.ts";
import { text } from "../text/text.ts";
import { exactCount, shortCount } from "../ui/numbers.ts";
import type { KnownProfile } from "./use-profiles.ts";

interface MiniProfileProps {
  readonly column: string;
  readonly profile: KnownProfile;
  readonly onFilter: (filter: Filter) => void;
}

const height = 13;

/** The rows of a bin as a filter; the last bin has its end, too. */
export const binFilter = (column: string, bins: KnownProfile["bins"], at: number): Filter => {
  const bin = bins[at];
  const isSingle = bins.length === 1;
  return {
    test: "range",
    column,
    from: bin?.from ?? null,
    to: bin?.to ?? null,
    isBelow: !isSingle && at < bins.length - 1,
  };
};

/** `2.1 %`, never 0 % of something nor 100 % of less. */
export const percent = (part: number, whole: number): string => {
  if (whole === 0 || part === 0) return "0 %";
  if (part === whole) return "100 %";
  const share = (part / whole) * 100;
  if (share < 0.1) return "< 0.1 %";
  return share > 99.9 ? "> 99.9 %" : `${share < 10 ? share.toFixed(1) : share.toFixed(0)} %`;
};

/** A sample has at least so many values; more rows may have more. */
export const distinctWords = ({ distinct, isDistinctApproximate, rows, nullsOf }: KnownProfile): string => {
  const sign = rows < nullsOf ? "≥ " : isDistinctApproximate ? "≈ " : "";
  return distinct === null ? "" : text.grid.distinct(exactCount(distinct), sign);
};

/** What fits into a header: NULLs where there are any, and about how many values there are. */
const shortFigures = ({ nulls, nullsOf, distinct, rows, isDistinctApproximate }: KnownProfile): string => {
  const sign = rows < nullsOf ? "≥ " : isDistinctApproximate ? "≈ " : "";
  const values = distinct === null || distinct === 0 ? "" : text.grid.distinct(shortCount(distinct), sign);
  const missing = nulls === null || (nulls === 0 && values !== "") ? "" : text.grid.nulls(percent(nulls, nullsOf));
  return [missing, values].filter((words) => words !== "").join(" · ");
};

/** The shape of a column's values in a line of its header; a click on a part shows those rows. */
export const MiniProfile = memo(({ column, profile, onFilter }: MiniProfileProps): ReactElement => {
  const { bins, top, nulls, nullsOf, distinct } = profile;
  const figures = [
    ...(nulls === null ? [] : [text.grid.nulls(percent(nulls, nullsOf))]),
    ...(distinct === null ? [] : [distinctWords(profile)]),
  ].join(" · ");
  return (
    <span className="mini-profile" title={figures}>
      {bins.length > 1 ? (
        <Bars column={column} bins={bins} onFilter={onFilter} />
      ) : (
        <Shares column={column} top={top} rows={profile.rows} onFilter={onFilter} />
      )}
      <span className="mini-figures">{shortFigures(profile)}</span>
    </span>
  );
});

interface BarsProps {
  readonly column: string;
  readonly bins: KnownProfile["bins"];
  readonly onFilter: MiniProfileProps["onFilter"];
}

const Bars = ({ column, bins, onFilter }: BarsProps): ReactElement => {
  const most = Math.max(1, ...bins.map(({ rows }) => rows));
  return (
    <svg
      className="mini-bars"
      viewBox={`0 0 ${bins.length * 3} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {bins.map(({ from, to, rows }, at) => {
        const tall = rows === 0 ? 0 : Math.max(1, (rows / most) * height);
        return (
          // Bins of days may have the same name; their places do not.
          // eslint-disable-next-line react/no-array-index-key
          <g key={at} data-bin={at} onClick={() => onFilter(binFilter(column, bins, at))}>
            <title>{text.grid.bin(from, to, exactCount(rows))}</title>
            <rect className="mini-hit" x={at * 3} y={0} width={3} height={height} />
            <rect className="mini-bar" x={at * 3 + 0.2} y={height - tall} width={2.6} height={tall} />
          </g>
        );
      })}
    </svg>
  );
};

interface SharesProps {
  readonly column: string;
  readonly top: KnownProfile["top"];
  readonly rows: number;
  readonly onFilter: MiniProfileProps["onFilter"];
}

const Shares = ({ column, top, rows, onFilter }: SharesProps): ReactElement | null =>
  top.length === 0 ? null : (
    <svg className="mini-bars" viewBox={`0 0 100 ${height}`} preserveAspectRatio="none" aria-hidden="true">
      {top.map(({ value, rows: count }, at) => {
        const before = top.slice(0, at).reduce((sum, entry) => sum + entry.rows, 0);
        const share = (n: number): number => (n / Math.max(1, rows)) * 100;
        return (
          <g key={value} onClick={() => onFilter({ test: "equals", column, value })}>
            <title>{text.grid.top(value, exactCount(count))}</title>
            <rect
              className="mini-bar"
              x={share(before)}
              y={4}
              width={Math.max(0.4, share(count) - 0.6)}
              height={height - 6}
            />
          </g>
        );
      })}
    </svg>
  );
