import type { Completion, CompletionSource } from "@codemirror/autocomplete";
import { yaml, yamlLanguage } from "@codemirror/lang-yaml";
import { type Diagnostic, linter } from "@codemirror/lint";
import type { Extension, Text } from "@codemirror/state";

import { kindNames } from "../../shared/graph/kind-names.ts";
import { type KindName, kinds } from "../../shared/graph/kinds/index.ts";
import { host } from "../api.ts";
import { text } from "../text/text.ts";
import { tableIds } from "./upstream.ts";
import { fixKeys } from "./apply-fix.ts";
import { type FieldShape, shapeAt } from "./yaml-shape.ts";
import { yamlPlaceAt } from "./yaml-path.ts";

const pause = 150;

/** A pipeline file: keys and values of its kind's schema are completed, what does not fit is underlined. */
export const yamlPipeline = (file: string): Extension => [
  yaml(),
  yamlLanguage.data.of({ autocomplete: complete }),
  fileLint(file),
];

const complete: CompletionSource = (context) => {
  const place = yamlPlaceAt(context.state.doc.toString(), context.pos);
  const word = context.matchBefore(/[\w.$-]*/);
  const from = word?.from ?? context.pos;
  if (word?.text === "" && !context.explicit) return null;
  const validFor = /^[\w.$-]*$/;
  if (place.valueOf === "kind") return { from, options: kindNames.map(plainOption), validFor };
  if (place.valueOf === "ref" || /^\s*- *[\w.]*$/.test(lineBefore(context.state.doc, context.pos))) {
    const options = tableIds().map((id) => ({ label: id, type: "class" }));
    if (place.valueOf === "ref" || place.path.at(0) === "inputs") return { from, options, validFor };
  }
  if (place.kind === null || !Object.hasOwn(kinds, place.kind)) {
    return { from, options: [{ label: "kind", apply: "kind: ", type: "property" }], validFor };
  }
  const shape = shapeAt(kinds[place.kind as KindName].schema, [
    ...place.path,
    ...(place.valueOf === null ? [] : [place.valueOf]),
  ]);
  const options = place.valueOf === null ? keyOptions(shape, place.siblings) : shape.values.map(plainOption);
  return options.length === 0 ? null : { from, options, validFor };
};

const lineBefore = (document: Text, offset: number): string => {
  const line = document.lineAt(offset);
  return line.text.slice(0, offset - line.from);
};

const plainOption = (label: string): Completion => ({ label, type: "enum" });

const keyOptions = ({ keys }: FieldShape, siblings: readonly string[]): readonly Completion[] =>
  keys
    .filter(({ name }) => !siblings.includes(name))
    .map(({ name, help, isRequired }) => ({
      label: name,
      apply: `${name}: `,
      type: "property",
      boost: isRequired ? 10 : 0,
      ...(help === null ? {} : { info: help }),
    }));

/** What the loader says of the text, at its places. */
export const fileLint = (file: string): Extension => [fixKeys, check(file)];

const check = (file: string): Extension =>
  linter(
    async (view) => {
      const { doc } = view.state;
      try {
        const problems = await host().call("file.check", { file, text: doc.toString() });
        return problems
          .filter(({ location }) => location?.file === file)
          .map(({ severity, message, next, location }): Diagnostic => {
            const { from, to } = spanOf(doc, location?.line ?? 1, location?.column ?? 1);
            const meant = /^Did you mean ([\w.]+)\?$/.exec(next)?.[1];
            return {
              from,
              to,
              severity,
              message: `${message}\n${next}`,
              actions:
                meant === undefined
                  ? []
                  : [
                      {
                        name: text.editor.replaceBy(meant),
                        apply: (target, at, until) =>
                          target.dispatch({ changes: { from: at, to: until, insert: meant } }),
                      },
                    ],
            };
          });
      } catch {
        return [];
      }
    },
    { delay: pause },
  );

/** A place is a point; the word there is what is meant. */
const spanOf = (doc: Text, line: number, column: number): { readonly from: number; readonly to: number } => {
  const found = doc.line(Math.max(1, Math.min(line, doc.lines)));
  const from = Math.min(found.to, found.from + column - 1);
  const word = /^[\w.$-]+/.exec(found.text.slice(from - found.from))?.[0] ?? "";
  return { from, to: word === "" ? found.to : from + word.length };
};
