// `promote_if`: comparisons of metrics, joined by `and` and `or`.

/** A version's values by metric; `null` where a metric has none. */
export type Scores = Readonly<Record<string, number | null>>;

/** What a rule is judged on; `promoted` is `null` while no version is promoted. */
export interface Measured {
  readonly model: Scores;
  readonly baseline: Scores;
  readonly promoted: Scores | null;
  readonly mainMetric: string;
  readonly largerIsBetter: boolean;
}

/** Whether the rule holds, and the figures that say so. */
export interface Verdict {
  readonly holds: boolean;
  readonly told: string;
}

export type Rule = (measured: Measured) => Verdict;

class RuleSyntaxError extends Error {}

/** A value with the words that a reason shows; `null` where it is not known. */
interface Value {
  readonly value: number | null;
  readonly text: string;
  readonly ofPromoted: boolean;
}
type Term = (measured: Measured) => Value;

const operators: Readonly<Record<string, (one: number, other: number) => boolean>> = {
  ">": (one, other) => one > other,
  ">=": (one, other) => one >= other,
  "<": (one, other) => one < other,
  "<=": (one, other) => one <= other,
  "==": (one, other) => one === other,
};

const tokensOf = (text: string): string[] => {
  const tokens = text.match(/[a-z_][\w.]*|\d+(?:\.\d+)?(?:e[+-]?\d+)?%?|>=|<=|==|[<>()+*-]|\S/gi) ?? [];
  return tokens.map((token) => (/^[a-z]/i.test(token) ? token.toLowerCase() : token));
};

const shown = (value: number): string => String(Number(value.toPrecision(4)));

class Parser {
  readonly #tokens: readonly string[];
  readonly #metrics: readonly string[];
  #at = 0;

  constructor(text: string, metrics: readonly string[]) {
    this.#tokens = tokensOf(text);
    this.#metrics = metrics;
  }

  whole(): Rule {
    const rule = this.#either();
    if (this.#at < this.#tokens.length) throw new RuleSyntaxError(`\`${this.#tokens[this.#at]}\` is too much`);
    return rule;
  }

  #take(...wanted: readonly string[]): string | null {
    const token = this.#tokens[this.#at];
    if (token === undefined || !wanted.includes(token)) return null;
    this.#at += 1;
    return token;
  }

  #either(): Rule {
    const parts = [this.#both()];
    while (this.#take("or") !== null) parts.push(this.#both());
    return joined(parts, "or", (verdicts) => verdicts.some(({ holds }) => holds));
  }

  #both(): Rule {
    const parts = [this.#one()];
    while (this.#take("and") !== null) parts.push(this.#one());
    return joined(parts, "and", (verdicts) => verdicts.every(({ holds }) => holds));
  }

  #one(): Rule {
    if (this.#take("(") !== null) {
      const inner = this.#either();
      if (this.#take(")") === null) throw new RuleSyntaxError("a closing bracket is missing");
      return inner;
    }
    const left = this.#sum();
    const operator = this.#take(...Object.keys(operators));
    if (operator === null) throw new RuleSyntaxError("a comparison (>, >=, <, <=, ==) is missing");
    return comparison(left, operator, this.#sum());
  }

  #sum(): Term {
    let term = this.#product();
    for (let sign = this.#take("+", "-"); sign !== null; sign = this.#take("+", "-")) {
      const factor = sign === "+" ? 1 : -1;
      term = combined(term, this.#product(), sign, (one, other) => one + factor * other);
    }
    return term;
  }

  #product(): Term {
    let term = this.#value();
    while (this.#take("*") !== null) term = combined(term, this.#value(), "*", (one, other) => one * other);
    return term;
  }

  #value(): Term {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw new RuleSyntaxError("it ends where a metric or a number is expected");
    this.#at += 1;
    if (/^\d/.test(token)) {
      const value = token.endsWith("%") ? Number(token.slice(0, -1)) / 100 : Number(token);
      return () => ({ value, text: token, ofPromoted: false });
    }
    const [first = "", second] = token.split(".");
    const whose = second === undefined ? "model" : first;
    const metric = second ?? first;
    if (whose !== "model" && whose !== "promoted" && whose !== "baseline") {
      throw new RuleSyntaxError(`\`${first}\` is none of model, promoted and baseline`);
    }
    if (!this.#metrics.includes(metric)) throw new RuleSyntaxError(`\`${metric}\` is not a metric`);
    return (measured) => {
      const value = measured[whose]?.[metric] ?? null;
      const text = `${whose === "model" ? "" : `${whose}.`}${metric}`;
      return { value, text: value === null ? text : `${text} ${shown(value)}`, ofPromoted: whose === "promoted" };
    };
  }
}

const combined =
  (one: Term, other: Term, sign: string, compute: (one: number, other: number) => number): Term =>
  (measured) => {
    const [first, second] = [one(measured), other(measured)];
    const value = first.value === null || second.value === null ? null : compute(first.value, second.value);
    return { value, text: `${first.text} ${sign} ${second.text}`, ofPromoted: first.ofPromoted || second.ofPromoted };
  };

const comparison =
  (left: Term, operator: string, right: Term): Rule =>
  (measured) => {
    const [one, other] = [left(measured), right(measured)];
    if (measured.promoted === null && (one.ofPromoted || other.ofPromoted)) {
      return { holds: true, told: "no version is promoted yet" };
    }
    const text = `${one.text} ${operator} ${other.text}`;
    if (one.value === null || other.value === null) return { holds: false, told: `${text} has no value` };
    const holds = operators[operator]?.(one.value, other.value) ?? false;
    return { holds, told: holds ? text : `not ${text}` };
  };

const joined =
  (parts: readonly Rule[], word: string, decide: (verdicts: readonly Verdict[]) => boolean): Rule =>
  (measured) => {
    const verdicts = parts.map((part) => part(measured));
    const told = [...new Set(verdicts.map((verdict) => verdict.told))];
    return { holds: decide(verdicts), told: told.join(` ${word} `) };
  };

const better: Rule = (measured) => {
  const sign = measured.largerIsBetter ? ">" : "<";
  return new Parser(`${measured.mainMetric} ${sign} promoted.${measured.mainMetric}`, [measured.mainMetric]).whole()(
    measured,
  );
};

const words: Readonly<Record<string, Rule>> = {
  always: () => ({ holds: true, told: "promote_if: always" }),
  never: () => ({ holds: false, told: "promote_if: never" }),
  better,
};

/** Reads `promote_if`; without one every new version is promoted. The text says what is wrong with it. */
export const readRule = (text: string | null, metrics: readonly string[]): Rule | { readonly wrong: string } => {
  if (text === null) return () => ({ holds: true, told: "there is no promote_if" });
  const word = words[text.trim().toLowerCase()];
  if (word !== undefined) return word;
  try {
    return new Parser(text, metrics).whole();
  } catch (error) {
    if (error instanceof RuleSyntaxError) return { wrong: error.message };
    throw error;
  }
};
