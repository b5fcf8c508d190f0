import type { Clock } from "./clock.ts";
import { intervalText, isCalendar } from "./duration.ts";
import type { Span } from "./spec.ts";

/** The part of time that a span takes up, seen from `t`: both are expressions on the steady clock. */
export interface Bounds {
  /** Only what happened after it; `null` has no beginning. */
  readonly after: string | null;
  /** Only what happened by then; `null` is `t` itself. */
  readonly upTo: string | null;
  /** `t - after`, where that is the same for every `t`. */
  readonly length: string | null;
}

const tick = "interval '1 microsecond'";

/**
 * `30d` at `t` is `(t - 30 days, t]`; days `[l, u]` are whole days of the calendar, from the beginning of the day
 * `u` days before `t`'s to the end of the one `l` days before.
 */
export const boundsOf = (span: Span, t: string, clock: Clock): Bounds => {
  if (span.kind === "all") return { after: null, upTo: null, length: null };
  if (span.kind === "days") {
    // The last tick before a day begins exists once, whatever a clock change does to midnight itself.
    const before = (days: number): string =>
      clock.fromCalendar(`date_trunc('day', ${clock.toCalendar(t)}) - interval '${days} days' - ${tick}`);
    return { after: before(span.upper), upTo: span.lower === 0 ? null : before(span.lower - 1), length: null };
  }
  const text = intervalText(span.duration);
  if (!isCalendar(span.duration)) return { after: `${t} - interval '${text}'`, upTo: null, length: text };
  const after = clock.fromCalendar(`${clock.toCalendar(t)} - interval '${text}'`);
  const isSteady = after === `${t} - interval '${text}'`;
  return { after, upTo: null, length: isSteady ? text : null };
};
