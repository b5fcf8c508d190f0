import { type ReactElement, useCallback, useRef } from "react";
import { useStore } from "zustand";

import { canBeLeftOut, type ComingFile, comingFiles } from "../../store/coming-files.ts";
import { comingText } from "../../text/canvas-text.ts";
import { IconButton } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { CardProgress } from "../card-progress.tsx";
import { focusCanvas } from "./focus-canvas.ts";
import { usePlaced } from "./use-placed.ts";

/** Where files were dropped that are not sources yet: each with its name, how far it is, and a way to leave it out. */
export const ComingCards = (): ReactElement => {
  const { files } = useStore(comingFiles);
  return (
    <>
      {files.map((one) => (
        <ComingCard key={one.id} one={one} />
      ))}
    </>
  );
};

const ComingCard = ({ one }: { readonly one: ComingFile }): ReactElement => {
  const { id, file, place, phase, share } = one;
  const card = useRef<HTMLDivElement>(null);
  usePlaced(
    card,
    useCallback(() => place, [place]),
    true,
  );
  const leaveOut = (): void => {
    one.cancel();
    focusCanvas();
  };
  return (
    <div
      ref={card}
      className="card card-coming"
      role="group"
      aria-label={comingText.card(file)}
      data-kind="source"
      data-coming={id}
      data-phase={phase}
    >
      <div className="card-head">
        <Icon name="source" />
        <span className="card-name" title={file}>
          {file}
        </span>
        {canBeLeftOut(one) ? <IconButton icon="close" label={comingText.cancel(file)} onClick={leaveOut} /> : null}
      </div>
      <div className="card-line">{comingText.phase[phase]}</div>
      <div className="card-facts">
        <span>{phase === "coming" && share !== null ? comingText.share(share) : ""}</span>
      </div>
      {phase === "waiting" ? null : <CardProgress fraction={phase === "coming" ? share : null} />}
    </div>
  );
};
