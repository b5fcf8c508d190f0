import { literal, quoted } from "../duckdb/sql/identifiers.ts";
import { momentSql } from "./moment.ts";
import type { Moment } from "./spec.ts";

const zonedType = "'TIMESTAMP WITH TIME ZONE'";

/**
 * Turns times into two clocks, both TIMESTAMP expressions.
 * The steady one, on which a day is 86,400 seconds: UTC for events with a time zone, else their own wall clock.
 * The calendar, which has days and months as people of the node's zone count them.
 *
 * Which of them a column needs depends on its type, which only the database knows: `typeof` is folded when a
 * statement is bound, so the CASEs below cost nothing. With the zone UTC both clocks are one.
 */
export class Clock {
  readonly #zone: string;
  /** SQL that is true when the events' times have a zone. */
  readonly #eventsZoned: string;
  readonly #eventTime: string;

  constructor(zone: string, eventTime: string) {
    this.#zone = zone;
    this.#eventTime = quoted(eventTime);
    this.#eventsZoned = `typeof((select ${quoted(eventTime)} from input_0 limit 0)) = ${zonedType}`;
  }

  get #isPlain(): boolean {
    return this.#zone === "UTC";
  }

  /** A column on the steady clock. A time without a zone among times with one is wall clock of the node's zone. */
  steady(column: string): string {
    const cast = `${column}::timestamp`;
    if (this.#isPlain) return cast;
    const isZoned = `typeof(${column}) = ${zonedType}`;
    return (
      `case when ${this.#eventsZoned} and not ${isZoned} then timezone(${literal(this.#zone)}, ${cast})::timestamp ` +
      `when ${isZoned} and not ${this.#eventsZoned} then timezone(${literal(this.#zone)}, ${column}::timestamptz) ` +
      `else ${cast} end`
    );
  }

  /** From the steady clock to the calendar. */
  toCalendar(steady: string): string {
    if (this.#isPlain) return steady;
    return `case when ${this.#eventsZoned} then timezone(${literal(this.#zone)}, (${steady})::timestamptz) else ${steady} end`;
  }

  /** From the calendar to the steady clock. */
  fromCalendar(calendar: string): string {
    if (this.#isPlain) return calendar;
    return `case when ${this.#eventsZoned} then timezone(${literal(this.#zone)}, ${calendar})::timestamp else ${calendar} end`;
  }

  /** From the steady clock to a time of the events' own kind: with a zone where theirs have one. */
  shown(steady: string): string {
    // The literal takes on the column's type.
    const epoch = `coalesce((select ${this.#eventTime} from input_0 limit 0), '1970-01-01')`;
    return `${epoch} + ((${steady}) - timestamp '1970-01-01')`;
  }

  /** A moment of the file on the steady clock. */
  moment(moment: Moment): string {
    if (!moment.hasOffset) return this.fromCalendar(momentSql(moment, "timestamp"));
    const instant = momentSql(moment, "timestamptz");
    if (this.#isPlain) return `(${instant})::timestamp`;
    return (
      `case when ${this.#eventsZoned} then (${instant})::timestamp ` +
      `else timezone(${literal(this.#zone)}, ${instant}) end`
    );
  }
}
