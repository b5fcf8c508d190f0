import { matchScore } from "../../commands/match.ts";
import { graph } from "../../store/graph-store.ts";
import { showTab } from "../../store/layout-store.ts";
import { text } from "../../text/text.ts";
import { reveal } from "../viewport.ts";
import { focusCanvas } from "./add-node.ts";
import { choose } from "./chooser-store.ts";
import { namesOf } from "./names.ts";

const words = text.author;

/** Ids of the nodes by the file that defines them. */
const files = (): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, string[]>();
  for (const { id, view } of graph.nodes()) {
    const known = found.get(view.file);
    if (known === undefined) found.set(view.file, [id]);
    else known.push(id);
  }
  return found;
};

/** Asks for one of the pipeline's files, selects what it defines and shows it. */
export const goToFile = async (): Promise<void> => {
  const known = files();
  const file = await choose({
    label: words.goToFile,
    placeholder: words.goToFilePlaceholder,
    nothing: words.goToFileNothing,
    at: null,
    choices: (query) =>
      [...known]
        .flatMap(([path, ids]) => {
          const score = matchScore(query, path);
          return score === null ? [] : [{ path, ids, score }];
        })
        .toSorted((a, b) => b.score - a.score || (a.path < b.path ? -1 : 1))
        .map(({ path, ids }) => ({ id: path, title: path, detail: namesOf(ids), icon: "file", refusal: null })),
  });
  focusCanvas();
  const ids = file === null ? [] : (known.get(file) ?? []);
  const [first] = ids;
  if (first === undefined) return;
  graph.select(ids);
  reveal(first);
  showTab("right", "code");
};
