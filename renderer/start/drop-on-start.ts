import { project } from "../store/project-store.ts";
import { host } from "../api.ts";
import { dropFiles } from "../canvas/authoring/drop-files.ts";
import { toHeadraceError } from "../../shared/errors/index.ts";
import type { ProjectView } from "../../shared/api/index.ts";

const stemOf = (name: string): string =>
  name
    .replace(/(\.(gz|zst))?$/i, "")
    .replace(/\.[^.]*$/, "")
    .replaceAll(/[^\p{L}\p{N}_-]+/gu, "-")
    .replaceAll(/^-+|-+$/g, "") || "pipeline";

/** A new project in the person's `headrace` folder, called after a file; with a number where the name is taken. */
const createFor = async (name: string): Promise<ProjectView> => {
  const { home } = await host().call("start.get", {});
  for (let number = 1; ; number++) {
    const folder = `${home}/headrace/${stemOf(name)}${number === 1 ? "" : `-${number}`}`;
    try {
      return await host().call("project.create", { folder, isEmpty: true });
    } catch (error) {
      if (toHeadraceError(error).code !== "project_exists") throw error;
    }
  }
};

/** Makes a pipeline of files that were dropped on a window without one: a project, its sources, their rows. */
export const startWithFiles = async (
  files: readonly File[],
  enter: (opening: Promise<ProjectView>) => Promise<void>,
): Promise<void> => {
  const [first] = files;
  if (first === undefined) return;
  await enter(createFor(first.name));
  // The folder could not be made, which is shown by now.
  if (project.getState().status !== "open") return;
  await dropFiles(files, { x: 0, y: 0 });
};
