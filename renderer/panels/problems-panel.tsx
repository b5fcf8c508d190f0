import { type ReactElement, useState } from "react";

import { goToNode } from "../run/node-link.tsx";
import { type ListedProblem, useProblems } from "../run/use-problems.ts";
import { graph } from "../store/graph-store.ts";
import { showTab } from "../store/layout-store.ts";
import { text } from "../text/text.ts";
import { announce } from "../ui/announcer.tsx";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { Marked } from "../ui/marked.tsx";
import { plainCause } from "../ui/plain-cause.ts";
import { EmptyState } from "../ui/state-view.tsx";

const words = text.problemsPanel;
/** More than anybody reads; the rest are counted. */
const most = 500;

/** Everything that is wrong in files and in the last run, each with its code, place and next step. */
export const ProblemsPanel = (): ReactElement => {
  const problems = useProblems();
  const [query, setQuery] = useState("");
  if (problems.length === 0) return <EmptyState icon="ok" title={words.none} next={words.noneNext} />;
  const wanted = query.toLowerCase();
  const shown = problems.filter((problem) => plainText(problem).toLowerCase().includes(wanted));
  return (
    <div className="panel-column">
      <div className="panel-bar">
        <input
          className="field logs-filter"
          aria-label={words.filter}
          placeholder={words.filter}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
        <span role="status">{words.counted(shown.length, problems.length)}</span>
        <span className="panel-space" />
        <Button look="quiet" onClick={() => void copy(shown)}>
          {words.copyAll}
        </Button>
      </div>
      <ul className="problem-list" tabIndex={0} aria-label={text.panels.problems}>
        {shown.slice(0, most).map((problem, at) => (
          // Two documents may have the same fault at the same place.
          // oxlint-disable-next-line react/no-array-index-key
          <Problem key={`${problem.code} ${problem.node} ${at}`} {...problem} />
        ))}
        {shown.length > most ? <li className="panel-hint padded">{words.more(shown.length - most)}</li> : null}
      </ul>
    </div>
  );
};

const placeOf = ({ location }: ListedProblem): string | null =>
  location === null ? null : words.at(location.file, location.line);

/** As it goes to a colleague: place, code, what happened, what to do. */
const plainText = (problem: ListedProblem): string =>
  [placeOf(problem) ?? problem.node ?? "", `${problem.severity} ${problem.code}`, problem.message, problem.next]
    .filter((part) => part !== "")
    .join(": ");

const copy = async (problems: readonly ListedProblem[]): Promise<void> => {
  await navigator.clipboard.writeText(problems.map(plainText).join("\n"));
  announce(words.copied(problems.length));
};

/** The card that a problem is about: its node, or the placeholder of the file that it is in. */
const cardOf = ({ node, location }: ListedProblem): string | null => {
  if (node !== null && graph.slotOf(node) >= 0) return node;
  if (location === null) return null;
  const inFile = [...graph.nodes()].filter(({ view }) => view.file === location.file);
  const before = inFile.filter(({ view }) => view.line <= location.line);
  return (before.at(-1) ?? inFile[0])?.id ?? null;
};

const Problem = (problem: ListedProblem): ReactElement => {
  const { severity, code, message, next, cause, from } = problem;
  const card = cardOf(problem);
  const place = placeOf(problem);
  const shownCause = plainCause(cause);
  return (
    <li className={`problem problem-${severity}`}>
      <Icon name={severity === "error" ? "invalid" : "warning"} />
      <span className="hidden-visually">{words[severity]}</span>
      <div>
        <p className="problem-message">{message}</p>
        {shownCause === null ? null : <p className="problem-next code">{shownCause}</p>}
        <p className="problem-next">
          <Marked words={next} />
        </p>
      </div>
      {from === "run" ? <span className="badge">{words.fromRun}</span> : null}
      <span className="code problem-place">{code}</span>
      {card === null ? null : (
        <button type="button" className="link" onClick={() => goToNode(card)}>
          {card}
        </button>
      )}
      {place === null ? null : card === null ? (
        <span className="code problem-place">{place}</span>
      ) : (
        <button
          type="button"
          className="link code"
          onClick={() => {
            goToNode(card);
            showTab("right", "code");
          }}
        >
          {place}
        </button>
      )}
      <Button look="quiet" onClick={() => void copy([problem])}>
        {words.copy}
      </Button>
    </li>
  );
};
