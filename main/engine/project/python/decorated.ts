// Functions that decorators of Headrace's make into nodes, as far as the text alone tells.

import { kindNames } from "../../../../shared/graph/kind-names.ts";
import { importsOf } from "./imports.ts";
import { ComputedValue, literalValue } from "./literals.ts";
import { children, type PythonSyntax, type SyntaxNode, textOf } from "./syntax.ts";

/** Packages whose decorators make nodes. */
const packages = ["headrace", "headrace.decorators", "seeknal.pipeline", "seeknal.pipeline.decorators"];
const decoratorNames = new Set<string>([...kindNames, "materialize"]);

export interface DecoratorCall {
  /** `transform`, `materialize`, … */
  readonly name: string;
  readonly offset: number;
  /** Keyword arguments; `null` when one of them is computed. */
  readonly options: Readonly<Record<string, unknown>> | null;
  /** A leading positional text: a node's name, a target's type. */
  readonly positional: string | null;
  /** The first argument whose value only running the file would tell. */
  readonly computed: { readonly text: string; readonly offset: number } | null;
  /** An argument that a decorator never takes. */
  readonly wrong: { readonly text: string; readonly offset: number } | null;
  /** Offsets of values by path, keys joined with NUL. */
  readonly offsets: ReadonlyMap<string, number>;
}

export interface DecoratedFunction {
  readonly function: string;
  readonly offset: number;
  /** `null` at the top level, else what the function is part of. */
  readonly inside: string | null;
  readonly decorators: readonly DecoratorCall[];
  readonly returnsData: boolean;
  /** `ctx.ref("kind.name")` calls of the body. */
  readonly references: readonly { readonly ref: string; readonly offset: number }[];
}

/** Every function with at least one of our decorators, in the file's order. */
export const decoratedFunctions = (syntax: PythonSyntax): readonly DecoratedFunction[] => {
  const known = knownNames(syntax);
  const found: DecoratedFunction[] = [];
  syntax.tree.iterate({
    enter: ({ node }) => {
      if (node.name === "DecoratedStatement") {
        const decorated = readDecorated(syntax, node, known);
        if (decorated !== null) found.push(decorated);
      }
    },
  });
  return found;
};

/** The names of top-level functions: what `function:` may name. */
export const topLevelFunctions = (syntax: PythonSyntax): ReadonlyMap<string, SyntaxNode> => {
  const found = new Map<string, SyntaxNode>();
  for (const statement of children(syntax.tree.topNode)) {
    const definition = statement.name === "DecoratedStatement" ? statement.getChild("FunctionDefinition") : statement;
    if (definition?.name !== "FunctionDefinition") continue;
    const name = definition.getChild("VariableName");
    if (name !== null) found.set(textOf(syntax, name), definition);
  }
  return found;
};

/** Dotted names in this file → the decorator they are. */
const knownNames = (syntax: PythonSyntax): ReadonlyMap<string, string> => {
  const known = new Map<string, string>();
  const addModule = (prefix: string, module: string): void => {
    for (const name of packages) {
      if (name !== module && !name.startsWith(`${module}.`)) continue;
      const rest = name === module ? "" : `${name.slice(module.length + 1)}.`;
      for (const decorator of decoratorNames) known.set(`${prefix}.${rest}${decorator}`, decorator);
    }
  };
  for (const { level, module, names, as } of importsOf(syntax)) {
    if (level > 0) continue;
    if (names === null) {
      if (as !== null) addModule(as, module);
      // `import a.b` binds a, through which the whole name is reached.
      else addModule(module.split(".")[0] ?? module, module.split(".")[0] ?? module);
      continue;
    }
    for (const { name, as: local } of names) {
      if (packages.includes(module) && name === "*")
        for (const decorator of decoratorNames) known.set(decorator, decorator);
      else if (packages.includes(module) && decoratorNames.has(name)) known.set(local, name);
      else addModule(local, `${module}.${name}`);
    }
  }
  return known;
};

const readDecorated = (
  syntax: PythonSyntax,
  node: SyntaxNode,
  known: ReadonlyMap<string, string>,
): DecoratedFunction | null => {
  const decorators = node
    .getChildren("Decorator")
    .flatMap((decorator) => readDecorator(syntax, decorator, known) ?? []);
  if (decorators.length === 0) return null;
  const definition = node.getChild("FunctionDefinition");
  const name = definition?.getChild("VariableName") ?? node.getChild("ClassDefinition")?.getChild("VariableName");
  return {
    function: name == null ? "" : textOf(syntax, name),
    offset: name?.from ?? node.from,
    inside: definition === null ? "a class" : enclosing(node),
    decorators,
    returnsData: definition !== null && returnsData(syntax, definition),
    references: definition === null ? [] : referencesOf(syntax, definition),
  };
};

const enclosing = (node: SyntaxNode): string | null => {
  for (let outer = node.parent; outer !== null; outer = outer.parent) {
    if (outer.name === "ClassDefinition") return "a method";
    if (outer.name === "FunctionDefinition") return "an inner function";
  }
  return null;
};

const readDecorator = (
  syntax: PythonSyntax,
  node: SyntaxNode,
  known: ReadonlyMap<string, string>,
): DecoratorCall | null => {
  const parts = children(node);
  const names = parts.filter(({ name }) => name === "VariableName").map((part) => textOf(syntax, part));
  const name = known.get(names.join("."));
  if (name === undefined) return null;
  const list = node.getChild("ArgList");
  return { name, offset: node.from, ...readArguments(syntax, list === null ? [] : children(list)) };
};

type Arguments = Omit<DecoratorCall, "name" | "offset">;

const readArguments = (syntax: PythonSyntax, tokens: readonly SyntaxNode[]): Arguments => {
  const options: Record<string, unknown> = {};
  const offsets = new Map<string, number>();
  let positional: string | null = null;
  let computed: SyntaxNode | null = null;
  let wrong: SyntaxNode | null = null;
  for (const argument of splitArguments(tokens)) {
    const [first, assign, value] = argument;
    if (first === undefined) continue;
    const isKeyword = assign?.name === "AssignOp" && value !== undefined;
    const path = isKeyword ? [textOf(syntax, first)] : ["name"];
    try {
      if (!isKeyword && argument.length > 1) throw new ComputedValue(first);
      const read = literalValue(syntax, isKeyword ? value : first, path, (at, offset) => {
        offsets.set(at.join("\0"), offset);
      });
      if (isKeyword) options[path[0] ?? ""] = read;
      else if (positional === null && typeof read === "string") positional = read;
      else wrong ??= first;
    } catch (error) {
      if (!(error instanceof ComputedValue)) throw error;
      computed ??= isKeyword ? value : first;
    }
  }
  const place = (node: SyntaxNode | null) =>
    node === null ? null : { text: textOf(syntax, node).slice(0, 80), offset: node.from };
  return {
    options: computed === null ? options : null,
    positional,
    computed: place(computed),
    wrong: place(wrong),
    offsets,
  };
};

const splitArguments = (tokens: readonly SyntaxNode[]): readonly (readonly SyntaxNode[])[] => {
  const parts: SyntaxNode[][] = [[]];
  for (const token of tokens) {
    if (token.name === ",") parts.push([]);
    else if (token.name !== "(" && token.name !== ")" && token.name !== "Comment") parts.at(-1)?.push(token);
  }
  return parts;
};

/** Whether the function itself returns or yields something other than None. */
const returnsData = (syntax: PythonSyntax, definition: SyntaxNode): boolean => {
  let found = false;
  definition
    .getChild("Body")
    ?.cursor()
    .iterate(({ node, name }) => {
      if (name === "FunctionDefinition" || name === "LambdaExpression" || name === "ClassDefinition") return false;
      if (name === "YieldStatement" || name === "YieldExpression") found = true;
      if (name === "ReturnStatement") {
        const value = children(node)[1];
        if (value !== undefined && textOf(syntax, value) !== "None") found = true;
      }
      return true;
    });
  return found;
};

/** Calls `<first parameter>.ref("kind.name")` anywhere in the function. */
const referencesOf = (syntax: PythonSyntax, definition: SyntaxNode): DecoratedFunction["references"] => {
  const context = definition.getChild("ParamList")?.getChild("VariableName");
  if (context == null) return [];
  const wanted = `${textOf(syntax, context)}.ref`;
  const found: { ref: string; offset: number }[] = [];
  definition.cursor().iterate(({ node, name }) => {
    if (name !== "CallExpression") return;
    const callee = node.firstChild;
    if (callee === null || textOf(syntax, callee) !== wanted) return;
    const argument = children(node.getChild("ArgList") ?? node).find(({ name: type }) => type.endsWith("String"));
    if (argument === undefined) return;
    try {
      const ref = literalValue(syntax, argument, [], () => undefined);
      if (typeof ref === "string") found.push({ ref, offset: argument.from });
    } catch (error) {
      // A computed name: the declared inputs are all there is to know.
      if (!(error instanceof ComputedValue)) throw error;
    }
  });
  return found;
};
