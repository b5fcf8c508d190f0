import type { Problem } from "../../engine/index.ts";
import { openEngine, projectRoot } from "../open-project.ts";
import type { Execute, ProjectOptions } from "../session.ts";
import { printLines } from "../terminal.ts";
import { plural } from "../text/format.ts";
import { errorText } from "../view/error-text.ts";

const place = ({ location }: Problem): string =>
  location === null ? "" : `${location.file}:${String(location.line).padStart(8, "0")}:${location.column}`;

const same = (problem: Problem): string => `${problem.code} ${place(problem)}`;

/**
 * `headrace validate`: every problem with its place, and what SQL gets wrong about columns as far as they are known
 * without a run; exit code 2 when one of them is an error.
 */
export const execute: Execute<ProjectOptions> = async (session, options) => {
  const { terminal } = session;
  await using engine = await openEngine(session, options);
  const project = await engine.project();
  const { problems: found } = await engine.schemas(session.signal);
  const isTold = new Set(project.problems.map(same));
  const problems = [...project.problems, ...found.filter((problem) => !isTold.has(same(problem)))].toSorted((a, b) =>
    place(a).localeCompare(place(b)),
  );
  const errors = problems.filter(({ severity }) => severity === "error").length;
  if (options.json === true) {
    printLines(
      terminal,
      problems.map((problem) => JSON.stringify(problem)),
    );
    return errors > 0 ? 2 : 0;
  }
  const root = projectRoot(session, options);
  for (const problem of problems) {
    const { verbose = false } = options;
    printLines(terminal, [
      ...errorText(problem, { style: terminal.style, root, verbose, severity: problem.severity }),
      "",
    ]);
  }
  const counts = `${plural(errors, "error")}, ${plural(problems.length - errors, "warning")}`;
  const { style } = terminal;
  const checked = `${plural(project.nodes.size, "node")} in ${project.settings.name}: ${counts}`;
  printLines(terminal, [errors > 0 ? style.bad(checked) : style.good(checked)]);
  return errors > 0 ? 2 : 0;
};
