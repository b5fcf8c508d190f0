import { type ReactElement, useEffect, useState } from "react";

import type { ProjectView, StartView } from "../../shared/api/index.ts";
import { host } from "../api.ts";
import { chooseFiles } from "../canvas/authoring/choose-files.ts";
import { listenForDrops } from "../canvas/authoring/listen-for-drops.ts";
import { askShell, isDesktop } from "../desktop/bridge.ts";
import { useAsync } from "../panels/use-async.ts";
import { followProject } from "../store/follow-project.ts";
import { takeHeldDrops } from "../store/held-drops.ts";
import { rememberOpened } from "../store/opened-project.ts";
import { text } from "../text/text.ts";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { showMessage } from "../ui/messages.tsx";
import { FailedState, LoadingState } from "../ui/state-view.tsx";
import { startWithFiles } from "./drop-on-start.ts";
import { FolderChooser } from "./folder-chooser.tsx";
import "./start.css";

/** Opens what a call answers with, in this window. */
const enter = async (opening: Promise<ProjectView>): Promise<void> => {
  try {
    const opened = await opening;
    rememberOpened(opened);
    await followProject(host(), opened);
  } catch (error) {
    showMessage(error);
  }
};

/** A pipeline of files: dropped anywhere on the page, or chosen. */
const begin = async (files: Promise<readonly File[]> | readonly File[]): Promise<void> => {
  try {
    await startWithFiles(await files, enter);
  } catch (error) {
    showMessage(error);
  }
};

const listenForFiles = (): (() => void) => {
  const stops = [
    listenForDrops((event) => void begin([...(event.dataTransfer?.files ?? [])])),
    takeHeldDrops(({ files }) => void begin(files)),
  ];
  return () => stops.forEach((stop) => stop());
};

/** A window without a project: new, open, recent, the sample. */
export const StartPage = (): ReactElement => {
  const start = useAsync("start", (signal) => host().call("start.get", {}, signal));
  if (start.status === "failed") return <FailedState error={start.error} />;
  if (start.value === null) return <LoadingState label={text.start.loading} />;
  return <Offers {...start.value} />;
};

const Offers = ({ recent, hasSample, home }: StartView): ReactElement => {
  const [choosing, setChoosing] = useState<"open" | "create" | null>(null);
  useEffect(listenForFiles, []);
  const open = (folder: string): Promise<void> => enter(host().call("project.open", { folder }));
  const create = (folder: string): Promise<void> => enter(host().call("project.create", { folder }));
  // The desktop asks with the system's own dialog.
  const choose = async (mode: "open" | "create"): Promise<void> => {
    if (!isDesktop()) return setChoosing(mode);
    const { folder } = await askShell("folder.choose", { title: text.start[mode] });
    if (folder === null) return undefined;
    return mode === "open" ? open(folder) : create(folder);
  };
  return (
    <main className="start" aria-label={text.start.title}>
      <div className="start-inner">
        <h1 className="start-title">{text.start.title}</h1>
        <p className="start-lead">{text.start.lead}</p>
        <div className="start-offers">
          {hasSample ? (
            <Button look="primary" icon="run" onClick={() => void enter(host().call("project.sample", {}))}>
              {text.start.sample}
            </Button>
          ) : null}
          <Button icon="plus" onClick={() => void choose("create")}>
            {text.start.create}
          </Button>
          <Button icon="project" onClick={() => void choose("open")}>
            {text.start.open}
          </Button>
          <Button icon="file" onClick={() => void begin(chooseFiles())}>
            {text.start.fromFiles}
          </Button>
        </div>
        {choosing === null ? null : (
          <FolderChooser
            key={choosing}
            mode={choosing}
            home={home}
            onChoose={(folder) => void (choosing === "open" ? open(folder) : create(folder))}
            onClose={() => setChoosing(null)}
          />
        )}
        <h2 className="panel-heading">{text.start.recent}</h2>
        {recent.length === 0 ? <p className="panel-hint">{text.start.noRecent}</p> : null}
        <ul className="start-recent">
          {recent.map(({ root, name }) => (
            <li key={root}>
              <button type="button" className="start-project" onClick={() => void open(root)}>
                <Icon name="project" />
                <span className="start-name">{name}</span>
                <span className="start-root">{root}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </main>
  );
};
