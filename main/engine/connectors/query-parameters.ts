// `$name` in a query for a server: found where it is code, never inside strings, comments or quoted names.

/** Everything in which a `$name` is no parameter, or the parameter itself (group `name`). */
const tokens = new RegExp(
  [
    String.raw`[eE]'(?:\\.|[^'\\]|'')*'`,
    `'(?:[^']|'')*'`,
    `"(?:[^"]|"")*"`,
    String.raw`--[^\n]*`,
    String.raw`/\*[\s\S]*?\*/`,
    String.raw`\$\$[\s\S]*?\$\$`,
    String.raw`(?<![\w$])\$(?<tag>[A-Za-z_]\w*)\$[\s\S]*?\$\k<tag>\$`,
    String.raw`(?<![\w$])\$(?<name>[A-Za-z_]\w*)`,
  ].join("|"),
  "g",
);

const scan = (query: string, replace: (name: string) => string): string =>
  query.replaceAll(tokens, (whole, ...rest: unknown[]) => {
    const groups = rest.at(-1) as { readonly name?: string };
    return groups.name === undefined ? whole : replace(groups.name);
  });

/** The names that the query binds, each once, in order of appearance. */
export const namedParameters = (query: string): readonly string[] => {
  const names = new Set<string>();
  scan(query, (name) => {
    names.add(name);
    return "";
  });
  return [...names];
};

/** The query with every `$name` written as `write(name)`. */
export const replaceParameters = (query: string, write: (name: string) => string): string => scan(query, write);
