import type { DraftView } from "../../shared/api/index.ts";
import { HeadraceError } from "../../shared/errors/index.ts";
import { host } from "../api.ts";
import { codeChoice, openCode } from "../inspector/open-code.ts";
import { graph } from "../store/graph-store.ts";
import { project } from "../store/project-store.ts";
import { text } from "../text/text.ts";
import { announce } from "../ui/announcer.tsx";
import { showMessage } from "../ui/messages.tsx";
import { bufferOf, isInYaml } from "./buffers.ts";
import { forgetFound } from "./draft-store.ts";
import { dropDraft } from "./keep-drafts.ts";

const words = text.editor.drafts;

/** Puts a text back where it was typed; where the file was changed meanwhile, or on wish, both are shown first. */
export const bringBack = async (draft: DraftView, mustCompare: boolean): Promise<void> => {
  const { node, part, file, text: typed, version, key } = draft;
  const buffer = bufferOf(node, { part, file, text: "", version: "", line: 1 });
  if (await buffer.bringBack(typed, version, mustCompare)) {
    forgetFound(key);
    const { status } = buffer.state.getState();
    // A text that was in its place already was never at risk in this window.
    if (status === "saved") dropDraft(project.getState().info?.root ?? "", key);
    show(draft);
    announce(status === "conflict" ? words.compare : words.restored(file));
    return;
  }
  await intoNothing(draft);
};

const show = ({ node, part, file }: DraftView): void => {
  const owner = graph.slotOf(node) >= 0 ? node : [...graph.nodes()].find(({ view }) => view.file === file)?.id;
  if (owner === undefined) return;
  openCode(owner);
  codeChoice.setState({ part });
};

/** Its place is gone: a file is made anew, and SQL of a node that is not there goes where it can be pasted from. */
const intoNothing = async (draft: DraftView): Promise<void> => {
  const { node, part, file, text: typed, key } = draft;
  try {
    if (isInYaml({ part, file })) {
      await navigator.clipboard.writeText(typed);
      throw new HeadraceError("draft_place_gone", { params: { node } });
    }
    await host().call("file.put", { file, text: typed, version: null, label: text.editor.edited(file), group: null });
    discard(key);
    announce(words.restored(file));
  } catch (error) {
    showMessage(error);
  }
};

/** Forgets a text for good. */
export const discard = (key: string): void => {
  dropDraft(project.getState().info?.root ?? "", key);
  forgetFound(key);
};
