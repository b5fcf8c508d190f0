import { EditorView } from "@codemirror/view";

let isDone = false;

/**
 * Has CodeMirror keep its rules in a constructed style sheet: its usual `<style>` element is what the page's policy
 * forbids. It does so by itself where a root has no `head`, and stays with what the first view of a document chose.
 */
export const adoptStyles = (): void => {
  if (isDone) return;
  isDone = true;
  const headless = new Proxy(document, {
    get(target, key) {
      if (key === "head") return undefined;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
    set: (target, key, value) => Reflect.set(target, key, value, target),
  });
  new EditorView({ root: headless }).destroy();
};
