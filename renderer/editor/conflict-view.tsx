import { type ReactElement, useMemo } from "react";

import { text } from "../text/text.ts";
import { Button } from "../ui/button.tsx";
import { CodeEditor } from "./code-editor.tsx";

interface ConflictViewProps {
  readonly file: string;
  readonly mine: string;
  readonly theirs: string;
  readonly onChoose: (choice: "mine" | "theirs") => void;
}

/** Two texts that stand against each other: nothing is written until somebody has chosen. */
export const ConflictView = ({ file, mine, theirs, onChoose }: ConflictViewProps): ReactElement => {
  const words = text.editor.conflict;
  const plain = useMemo(() => [], []);
  return (
    <section className="text-conflict" aria-label={words.title(file)}>
      <div className="text-conflict-lead" role="alert">
        <p className="problem-message">{words.title(file)}</p>
        <p className="problem-next">{words.lead}</p>
      </div>
      <div className="text-conflict-side">
        <div className="text-conflict-head">
          <h2>{words.mine}</h2>
          <Button look="primary" onClick={() => onChoose("mine")}>
            {words.keepMine}
          </Button>
        </div>
        <CodeEditor label={words.mine} value={mine} language={plain} isReadOnly />
      </div>
      <div className="text-conflict-side">
        <div className="text-conflict-head">
          <h2>{words.theirs}</h2>
          <Button onClick={() => onChoose("theirs")}>{words.takeTheirs}</Button>
        </div>
        <CodeEditor label={words.theirs} value={theirs} language={plain} isReadOnly />
      </div>
    </section>
  );
};
