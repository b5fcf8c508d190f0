import { EditorView } from "@codemirror/view";

/**
 * Typing over a selection, done by the editor instead of the browser: Chromium would keep the look of what was selected
 * in a `style` attribute, which the page's policy forbids.
 */
export const typedOver = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { main } = view.state.selection;
    const typed = event.data;
    if (event.inputType !== "insertText" || typed === null || event.isComposing) return false;
    if (main.empty || view.state.readOnly) return false;
    const insert = () =>
      view.state.update(view.state.replaceSelection(typed), { userEvent: "input.type", scrollIntoView: true });
    const handlers = view.state.facet(EditorView.inputHandler);
    const isHandled = handlers.some((handle) => handle(view, main.from, main.to, typed, insert));
    if (!isHandled) view.dispatch(insert());
    event.preventDefault();
    return true;
  },
});
