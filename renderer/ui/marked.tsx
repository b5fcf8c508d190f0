import { Fragment, type ReactElement } from "react";

/** A sentence whose parts between backticks are names or commands: they are set as code. */
export const Marked = ({ words }: { readonly words: string }): ReactElement => (
  <>
    {words.split("`").map((part, at) =>
      at % 2 === 1 ? (
        // oxlint-disable-next-line react/no-array-index-key
        <code key={at} className="code">
          {part}
        </code>
      ) : (
        // oxlint-disable-next-line react/no-array-index-key
        <Fragment key={at}>{part}</Fragment>
      ),
    )}
  </>
);
