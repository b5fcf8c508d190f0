import { tokenize, type Token } from "../../duckdb/sql/lexer.ts";

/** How a SELECT's text has to change so that one of its columns gets another name. */
export type Definition =
  /** The alias stands there: it is replaced. */
  | { readonly form: "alias"; readonly token: Token }
  /** A column under its own name: an alias is put behind it. */
  | { readonly form: "bare"; readonly after: number }
  /** It comes through a `*`: a RENAME is put behind that. */
  | { readonly form: "star"; readonly after: number }
  /** It is not plain where the name comes from. */
  | { readonly form: "unclear"; readonly why: string };

const ends = new Set(
  "FROM WHERE GROUP HAVING QUALIFY WINDOW ORDER LIMIT OFFSET UNION INTERSECT EXCEPT SAMPLE USING".split(" "),
);
const sets = new Set(["UNION", "INTERSECT", "EXCEPT"]);

const isName = ({ kind }: Token): boolean => kind === "word" || kind === "quoted";
const isWord = (token: Token | undefined, word: string): boolean =>
  token?.kind === "word" && token.value.toUpperCase() === word;

/** Where the outermost SELECT of a text names one of its columns. */
export const definitionOf = (sql: string, column: string): Definition => {
  const tokens = tokenize(sql);
  const items = selectItems(tokens);
  if (items === null) return unclear("its SQL has no select list of its own");
  if (items.isByName) return unclear("its SQL stacks tables BY NAME");
  const same = ({ value }: Token): boolean => value.toLowerCase() === column.toLowerCase();
  for (const item of items.list) {
    const [first, second] = item;
    const last = item.at(-1);
    if (first === undefined || last === undefined) continue;
    if (isName(first) && second?.text === ":" && item[2]?.text !== ":" && same(first))
      return { form: "alias", token: first };
    if (!isName(last) || !same(last)) continue;
    const before = item.at(-2);
    if (item.length === 1 || before?.text === ".") return { form: "bare", after: last.end };
    if (isWord(before, "AS") || isOperand(before)) return { form: "alias", token: last };
  }
  const stars = items.list.filter(
    (item) => item.at(-1)?.text === "*" && (item.length === 1 || item.at(-2)?.text === "."),
  );
  const [star] = stars;
  if (star !== undefined && stars.length === 1) return { form: "star", after: star.at(-1)?.end ?? 0 };
  return unclear("its SQL does not say where the name comes from");
};

const unclear = (why: string): Definition => ({ form: "unclear", why });

/** Whether an expression may end with this token, so that a name behind it is an alias. */
const isOperand = (token: Token | undefined): boolean =>
  token !== undefined &&
  (isName(token) || token.kind === "string" || token.kind === "number" || ")]}".includes(token.text));

interface Items {
  readonly list: readonly (readonly Token[])[];
  readonly isByName: boolean;
}

/** The items of the first SELECT that stands in no parentheses. */
const selectItems = (tokens: readonly Token[]): Items | null => {
  let depth = 0;
  let start = -1;
  const list: Token[][] = [];
  let isByName = false;
  let isOver = false;
  for (const [at, token] of tokens.entries()) {
    const word = token.kind === "word" ? token.value.toUpperCase() : "";
    if ("([{".includes(token.text)) depth++;
    if (depth === 0 && start >= 0 && sets.has(word) && tokens.slice(at, at + 4).some((next) => isWord(next, "BY")))
      isByName = true;
    if (depth === 0 && start < 0 && word === "SELECT") {
      start = at;
      list.push([]);
    } else if (start >= 0 && !isOver) {
      if (depth === 0 && ends.has(word)) isOver = true;
      else if (depth === 0 && token.text === ",") list.push([]);
      else list.at(-1)?.push(token);
    }
    if (")]}".includes(token.text)) depth--;
  }
  if (start < 0) return null;
  const [first = [], ...rest] = list;
  return { list: [withoutDistinct(first), ...rest], isByName };
};

const withoutDistinct = (item: readonly Token[]): readonly Token[] => {
  if (isWord(item[0], "ALL")) return item.slice(1);
  if (!isWord(item[0], "DISTINCT")) return item;
  if (!isWord(item[1], "ON")) return item.slice(1);
  return item.slice(item.findIndex(({ text }) => text === ")") + 1);
};
