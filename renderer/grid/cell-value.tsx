import type { ReactElement } from "react";

import { text } from "../text/text.ts";
import { exactCount } from "../ui/numbers.ts";

/** What is said of a value that shows little or nothing; nothing of one that says itself. */
export const spokenValue = (value: string | null, length: number | null): string | undefined => {
  if (value === "") return text.preview.emptyText;
  if (value !== null && value.trim() === "") return text.grid.blanks(value.length);
  return length === null || value === null ? undefined : `${value}… ${text.preview.cut(exactCount(length))}`;
};

interface CellValueProps {
  readonly value: string | null;
  /** Of the whole value, where only its beginning is here. */
  readonly length: number | null;
}

/** A value as it is read: NULL by its name, line ends and blanks at its edges made visible. */
export const CellValue = ({ value, length }: CellValueProps): ReactElement | string => {
  if (value === null) return text.preview.null;
  const line = value.replaceAll(/\r\n|\r|\n/g, "↵");
  const [, before = "", middle = "", after = ""] = /^(\s*)([\s\S]*?)(\s*)$/.exec(line) ?? [];
  if (before === "" && after === "") return length === null ? line : `${line}…`;
  return (
    <>
      {before === "" ? null : <span className="blank">{before}</span>}
      {middle}
      {after === "" ? null : <span className="blank">{after}</span>}
      {length === null ? "" : "…"}
    </>
  );
};
