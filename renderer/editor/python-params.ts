import { syntaxTree } from "@codemirror/language";
import type { EditorState } from "@codemirror/state";
import type { SyntaxNode } from "@lezer/common";

/** The names that the decorators around a place of a Python file give as `params={"name": …}`, with their values. */
export const decoratedParams = (state: EditorState, offset: number): readonly { name: string; value: string }[] => {
  const tree = syntaxTree(state);
  const textOf = ({ from, to }: SyntaxNode): string => state.sliceDoc(from, to);
  for (let node: SyntaxNode | null = tree.resolveInner(offset, -1); node !== null; node = node.parent) {
    if (node.name !== "DecoratedStatement") continue;
    return node
      .getChildren("Decorator")
      .flatMap((decorator) => decorator.getChild("ArgList")?.getChildren("VariableName") ?? [])
      .filter((name) => textOf(name) === "params" && name.nextSibling?.name === "AssignOp")
      .flatMap((name) => entriesOf(name.nextSibling?.nextSibling ?? null, textOf));
  }
  return [];
};

const entriesOf = (
  dictionary: SyntaxNode | null,
  textOf: (node: SyntaxNode) => string,
): readonly { name: string; value: string }[] => {
  if (dictionary?.name !== "DictionaryExpression") return [];
  return dictionary.getChildren("String").flatMap((key) => {
    const colon = key.nextSibling;
    const value = colon?.name === ":" ? colon.nextSibling : null;
    return value === null ? [] : [{ name: textOf(key).slice(1, -1), value: textOf(value) }];
  });
};
