import { type ReactElement, useEffect } from "react";

import { Chooser } from "./chooser.tsx";
import { HistoryConflict } from "./history-conflict.tsx";
import { RenameField } from "./rename-field.tsx";
import { startAuthoring } from "./start-authoring.ts";
import "./authoring.css";

/** What authoring shows over the window: lists to choose from, a name being written, a conflict. */
export const AuthoringLayer = (): ReactElement => {
  useEffect(startAuthoring, []);
  return (
    <>
      <Chooser />
      <RenameField />
      <HistoryConflict />
    </>
  );
};
