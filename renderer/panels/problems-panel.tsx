import type { ReactElement } from "react";
import { useStore } from "zustand";

import type { ProblemView } from "../../shared/api/index.ts";
import { reveal } from "../canvas/viewport.ts";
import { graph } from "../store/graph-store.ts";
import { allProblems, project } from "../store/project-store.ts";
import { text } from "../text/text.ts";
import { Icon } from "../ui/icon.tsx";
import { EmptyState } from "../ui/state-view.tsx";

/** Everything the files say that could not be understood, each with its place and the next step. */
export const ProblemsPanel = (): ReactElement => {
  const problems = useStore(project, allProblems);
  if (problems.length === 0) {
    return <EmptyState icon="ok" title={text.problemsPanel.none} next={text.problemsPanel.noneNext} />;
  }
  return (
    <ul className="problem-list" tabIndex={0} aria-label={text.panels.problems}>
      {problems.map((problem) => (
        <Problem
          key={`${problem.code} ${problem.message} ${problem.location?.file} ${problem.location?.line}`}
          {...problem}
        />
      ))}
    </ul>
  );
};

const Problem = ({ severity, message, next, location, node }: ProblemView): ReactElement => (
  <li className={`problem problem-${severity}`}>
    <Icon name={severity === "error" ? "invalid" : "warning"} />
    <span className="hidden-visually">{text.problemsPanel[severity]}</span>
    <div>
      <p className="problem-message">{message}</p>
      <p className="problem-next">{next}</p>
    </div>
    {node !== null && graph.slotOf(node) >= 0 ? (
      <button
        type="button"
        className="link"
        onClick={() => {
          graph.select([node]);
          reveal(node);
        }}
      >
        {node}
      </button>
    ) : null}
    {location === null ? null : (
      <span className="code problem-place">{text.problemsPanel.at(location.file, location.line)}</span>
    )}
  </li>
);
