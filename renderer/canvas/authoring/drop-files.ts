import { type EditCommand, rebuildError } from "../../../shared/api/index.ts";
import { wholeView } from "../../../shared/table/index.ts";
import type { HeadraceError } from "../../../shared/errors/index.ts";
import { host } from "../../api.ts";
import { arrivals, beginArrival, endArrival, tellArrival } from "../../store/arrivals.ts";
import { type Teller, tellerOf } from "./tell-dropped.ts";
import { endComing, tellComing } from "../../store/coming-files.ts";
import { graph, type Position } from "../../store/graph-store.ts";
import { showTab } from "../../store/layout-store.ts";
import { text } from "../../text/text.ts";
import { announce } from "../../ui/announcer.tsx";
import { showMessage } from "../../ui/messages.tsx";
import { show } from "./add-node.ts";
import { applyEdit } from "./apply-edit.ts";
import { freePlace } from "./free-place.ts";
import { freshName, namesOf } from "./names.ts";
import { type GivenFile, type Incoming, standIn, stemOf } from "./stand-in.ts";
import { abandonUpload, uploadFile } from "./upload-file.ts";

interface BroughtIn {
  readonly incoming: Incoming;
  readonly upload: string | null;
  readonly config: Extract<EditCommand, { readonly type: "add" }>["config"];
}

/** Makes sources of files: brought into the project, their dialect and types pinned, run, and shown. */
export const dropFiles = (files: readonly File[], at: Position | null): Promise<void> =>
  bringAllIn(
    files.map((content) => ({ content, file: content.name })),
    at,
    text.author.dropLabel,
  );

/** Makes a source of a table's text, such as cells of a spreadsheet. */
export const dropText = (content: string, ending: "csv" | "tsv", at: Position | null): Promise<void> =>
  bringAllIn([{ content: new Blob([content]), file: `pasted.${ending}` }], at, () => text.author.pasteLabel);

/** All of them are one step of the history; until then each has a card that says how far it is. */
const bringAllIn = async (
  given: readonly GivenFile[],
  at: Position | null,
  label: (n: number) => string,
): Promise<void> => {
  const incoming = standIn(given, at);
  const tell = tellerOf(given.length);
  try {
    const brought: BroughtIn[] = [];
    for (const [index, one] of incoming.entries()) {
      const source = await bringIn(one, index === 0, tell);
      if (source !== null) brought.push(source);
    }
    const wanted = brought.filter(({ incoming: { signal } }) => !signal.aborted);
    for (const { upload } of brought.filter((one) => !wanted.includes(one))) await abandonUpload(upload);
    if (wanted.length > 0) await addSources(wanted, label(wanted.length));
  } finally {
    endComing(incoming.map(({ id }) => id));
  }
};

/** Takes a file over and looks at all of it; meanwhile its first rows show. `null` when it failed, which is told. */
const bringIn = async (incoming: Incoming, isShown: boolean, tell: Teller): Promise<BroughtIn | null> => {
  const { id, file, content, signal } = incoming;
  if (signal.aborted) return null;
  const [before = null] = graph.selection;
  tellComing(id, { phase: "coming" });
  if (isShown) {
    showTab("bottom", "preview");
    beginArrival({ id, upload: null, file, before });
  }
  let known: string | null = null;
  try {
    const { path, upload } = await uploadFile(content, file, {
      signal,
      onShare: (share) => tellComing(id, { share }),
      onHead: async (head) => {
        if (!isShown) return;
        tellArrival(id, { upload: head });
        await firstRows(head);
      },
    });
    known = upload;
    tellComing(id, { phase: "read" });
    const config = await sourceOf(path, signal, (problem) => tell("damaged", file, problem));
    tellComing(id, { phase: "waiting" });
    return { incoming, upload, config };
  } catch (error) {
    endArrival(id);
    endComing([id]);
    // What is no source is nobody's file in the project either.
    await abandonUpload(known);
    if (!signal.aborted) tell("refused", file, error);
    return null;
  }
};

/** Resolves when the first rows are here: until then they have the line for themselves. */
const firstRows = async (upload: string): Promise<void> => {
  const table = { type: "arriving", upload } as const;
  try {
    await host().call("table.open", { table, view: wholeView });
    await host().fetch("table.page", { table, view: wholeView, offset: 0, limit: 1 });
  } catch {
    // The panel that shows them tells why there are none.
  }
};

const sourceOf = async (
  path: string,
  signal: AbortSignal,
  onProblem: (problem: HeadraceError) => void,
): Promise<BroughtIn["config"]> => {
  const { source, params, schema, problem } = await host().call("file.describe", { file: path }, signal);
  // A damaged file is a source all the same: its card says what is wrong, and it runs once the file is mended.
  if (problem !== null) onProblem(rebuildError(problem));
  return {
    source,
    table: path,
    ...(Object.keys(params).length === 0 ? {} : { params }),
    ...(schema.length === 0 ? {} : { schema }),
  };
};

const addSources = async (sources: readonly BroughtIn[], label: string): Promise<void> => {
  const places: Record<string, Position> = {};
  const others = sources.map(({ incoming: { id } }) => id);
  const commands = sources.map(({ incoming: { id, name, file, place }, config }): EditCommand => {
    tellComing(id, { phase: "added" });
    // Somebody may have taken the name, or the place, meanwhile.
    const isFree = graph.slotOf(id) < 0 && !Object.hasOwn(places, id);
    const fresh = isFree ? name : freshName("source", stemOf(file), new Set([...Object.keys(places), ...others]));
    places[`source.${fresh}`] = freePlace(place, Object.values(places));
    return { type: "add", kind: "source", name: fresh, config };
  });
  const added = await applyEdit(label, [...commands, { type: "place", positions: places }], places);
  endComing(sources.map(({ incoming: { id } }) => id));
  if (added === null) return arrivals.setState({ arrival: null });
  show(added);
  announce(text.author.dropped(namesOf(added)));
  await runQuietly(added);
};

/** Runs them and shows the first one's rows: what was dropped is looked at before anything else. */
const runQuietly = async (ids: readonly string[]): Promise<void> => {
  showTab("bottom", "preview");
  try {
    // One that cannot be read is no reason to leave the others unread.
    await host().call("run.start", { selectors: [...ids], continueOnError: true });
  } catch (error) {
    showMessage(error);
  }
};
