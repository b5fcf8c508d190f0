import type { CompletionSource } from "@codemirror/autocomplete";
import { python, pythonLanguage } from "@codemirror/lang-python";
import type { Extension } from "@codemirror/state";

import { decoratedParams } from "./python-params.ts";
import { tableIds } from "./upstream.ts";
import { fileLint } from "./yaml-language.ts";

/** Names of nodes inside `ctx.ref("…")` and `inputs=[…]`. */
const complete: CompletionSource = (context) => {
  const named = context.matchBefore(/(?:\.ref\(\s*|inputs\s*=\s*\[[^\]]*)["'][\w.]*/);
  if (named === null) return null;
  const quote = Math.max(named.text.lastIndexOf('"'), named.text.lastIndexOf("'"));
  const options = tableIds().map((id) => ({ label: id, type: "class" }));
  return { from: named.from + quote + 1, options, validFor: /^[\w.]*$/ };
};

/** Names of parameters inside `ctx.params["…"]`, where a decorator gives them. */
const completeParams: CompletionSource = (context) => {
  const named = context.matchBefore(/\.params(?:\[|\.get\()\s*["'][\w-]*/);
  if (named === null) return null;
  const quote = Math.max(named.text.lastIndexOf('"'), named.text.lastIndexOf("'"));
  const options = decoratedParams(context.state, context.pos).map(({ name, value }) => ({
    label: name,
    detail: value,
    type: "variable",
  }));
  return { from: named.from + quote + 1, options, validFor: /^[\w-]*$/ };
};

/** A Python file of the pipeline. */
export const pythonPipeline = (file: string): Extension => [
  python(),
  pythonLanguage.data.of({ autocomplete: complete }),
  pythonLanguage.data.of({ autocomplete: completeParams }),
  fileLint(file),
];
