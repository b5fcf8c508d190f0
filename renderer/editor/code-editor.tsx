import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab, temporarilySetTabFocusMode } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { lintKeymap } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { Annotation, Compartment, EditorState, type Extension, Prec } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers, placeholder } from "@codemirror/view";
import { type ReactElement, useEffect, useRef, useState } from "react";

import { text } from "../text/text.ts";
import { type Latest, useLatest } from "../ui/use-latest.ts";
import { adoptStyles } from "./adopt-styles.ts";
import { editorTheme } from "./editor-theme.ts";
import { typedOver } from "./typed-over.ts";

/** A place in an editor's text, from line 1. */
export interface Reveal {
  readonly line: number;
  readonly column?: number;
  /** Somebody asked for it: the editor takes the focus. Otherwise whoever is typing there stays undisturbed. */
  readonly isAsked?: boolean;
}

export interface CodeEditorProps {
  /** Its name for a screen reader. */
  readonly label: string;
  readonly value: string;
  /** Language, completion and checks; a new array replaces them, so keep it between renders. */
  readonly language: Extension;
  readonly onChange?: (value: string) => void;
  readonly isReadOnly?: boolean;
  readonly placeholder?: string;
  /** Ctrl+Enter. */
  readonly onRun?: () => void;
  /** A place to go to; a new object goes there again. */
  readonly reveal?: Reveal | null;
  /** Given the view while there is one. */
  readonly onView?: (view: EditorView | null) => void;
}

/** Marks what comes from the outside, so that it is not told back. */
const fromOutside = Annotation.define<boolean>();

/** One text in CodeMirror: highlighting, completion, checks. Escape, then Tab leaves it. */
export const CodeEditor = (props: CodeEditorProps): ReactElement => {
  const element = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const [parts] = useState((): Parts => ({ language: new Compartment(), access: new Compartment() }));
  const latest = useLatest(props);

  useEffect(() => {
    if (element.current === null) return undefined;
    adoptStyles();
    const created = new EditorView({ parent: element.current, state: initialState(latest, parts) });
    view.current = created;
    latest.get().onView?.(created);
    return () => {
      latest.get().onView?.(null);
      created.destroy();
      view.current = null;
    };
  }, [latest, parts]);

  useEffect(() => {
    if (view.current !== null) replaceText(view.current, props.value);
  }, [props.value]);
  useEffect(
    () => view.current?.dispatch({ effects: parts.language.reconfigure(props.language) }),
    [parts, props.language],
  );
  const isReadOnly = props.isReadOnly ?? false;
  useEffect(
    () => view.current?.dispatch({ effects: parts.access.reconfigure(accessOf(isReadOnly, props.label)) }),
    [parts, isReadOnly, props.label],
  );
  useEffect(() => {
    if (view.current !== null && props.reveal) goTo(view.current, props.reveal);
  }, [props.reveal]);
  return <div className="code-editor" ref={element} />;
};

interface Parts {
  readonly language: Compartment;
  readonly access: Compartment;
}

const initialState = (latest: Latest<CodeEditorProps>, { language, access }: Parts): EditorState => {
  const props = latest.get();
  const run = (): boolean => {
    const { onRun } = latest.get();
    onRun?.();
    return onRun !== undefined;
  };
  return EditorState.create({
    doc: props.value,
    extensions: [
      lineNumbers(),
      history(),
      drawSelection(),
      indentOnInput(),
      bracketMatching(),
      closeBrackets(),
      typedOver,
      highlightActiveLine(),
      highlightSelectionMatches(),
      autocompletion({ icons: false, maxRenderedOptions: 60 }),
      indentUnit.of("  "),
      EditorState.tabSize.of(2),
      Prec.highest(keymap.of([{ key: "Mod-Enter", run }])),
      keymap.of([
        ...closeBracketsKeymap,
        ...completionKeymap,
        ...searchKeymap,
        ...historyKeymap,
        ...lintKeymap,
        { key: "Escape", run: temporarilySetTabFocusMode },
        indentWithTab,
        ...defaultKeymap,
      ]),
      editorTheme,
      EditorView.lineWrapping,
      ...(props.placeholder === undefined ? [] : [placeholder(props.placeholder)]),
      EditorView.updateListener.of((update) => {
        if (!update.docChanged) return;
        if (update.transactions.every((transaction) => transaction.annotation(fromOutside) === true)) return;
        latest.get().onChange?.(update.state.doc.toString());
      }),
      language.of(props.language),
      access.of(accessOf(props.isReadOnly ?? false, props.label)),
    ],
  });
};

const accessOf = (isReadOnly: boolean, label: string): Extension => [
  EditorState.readOnly.of(isReadOnly),
  EditorView.contentAttributes.of({
    "aria-label": label,
    "aria-description": text.editor.leave,
    spellcheck: "false",
    ...(isReadOnly ? { "aria-readonly": "true" } : {}),
  }),
];

/** Only the part that differs, so that the cursor stays where it was meant. */
const replaceText = (view: EditorView, value: string): void => {
  const before = view.state.doc.toString();
  if (before === value) return;
  const most = Math.min(before.length, value.length);
  let head = 0;
  while (head < most && before[head] === value[head]) head++;
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === value[value.length - 1 - tail]) tail++;
  view.dispatch({
    changes: { from: head, to: before.length - tail, insert: value.slice(head, value.length - tail) },
    annotations: fromOutside.of(true),
  });
};

const goTo = (view: EditorView, { line, column = 1, isAsked = false }: Reveal): void => {
  if (view.hasFocus && !isAsked) return;
  const found = view.state.doc.line(Math.max(1, Math.min(line, view.state.doc.lines)));
  const at = Math.min(found.to, found.from + column - 1);
  view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
  if (isAsked) view.focus();
};
