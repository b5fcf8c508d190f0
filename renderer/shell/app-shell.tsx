import { type ReactElement, type ReactNode, Suspense, useEffect } from "react";
import { useStore } from "zustand";

import { CanvasView } from "../canvas/canvas-view.tsx";
import { CommandPalette } from "../commands/command-palette.tsx";
import { listenForKeys } from "../commands/keymap.ts";
import { foundDrafts } from "../editor/draft-store.ts";
import { InspectorHead } from "../inspector/inspector-head.tsx";
import { lazyPart } from "../lazy-part.ts";
import { productionQuestion } from "../materialize/ask-production.ts";
import { announceRuns } from "../run/announce-runs.ts";
import { type Area, layout, resizeArea, smallestSize, toggleArea, toggleMaximised } from "../store/layout-store.ts";
import { project } from "../store/project-store.ts";
import { text } from "../text/text.ts";
import { Announcer } from "../ui/announcer.tsx";
import { IconButton } from "../ui/button.tsx";
import { ErrorBoundary } from "../ui/error-boundary.tsx";
import { Messages } from "../ui/messages.tsx";
import { LoadingState } from "../ui/state-view.tsx";
import { SplitHandle } from "../ui/split-handle.tsx";
import { AreaPanel } from "./area-panel.tsx";
import { ConnectionBanner } from "./connection-banner.tsx";
import { keepFocus } from "./keep-focus.ts";
import { StatusBar } from "./status-bar.tsx";
import { settingsPage } from "./settings/settings-page-store.ts";
import { ToolBar } from "./tool-bar.tsx";
import { TrustBanner } from "./trust-banner.tsx";
import "./shell.css";

const ProductionQuestion = lazyPart(
  async () => (await import("../materialize/production-question.tsx")).ProductionQuestion,
);
const DraftsBanner = lazyPart(async () => (await import("../editor/drafts-banner.tsx")).DraftsBanner);
const AuthoringLayer = lazyPart(async () => (await import("../canvas/authoring/authoring-layer.tsx")).AuthoringLayer);
const KeysPage = lazyPart(async () => (await import("../commands/keys-page.tsx")).KeysPage);
const SettingsPage = lazyPart(async () => (await import("./settings/settings-page.tsx")).SettingsPage);
const StartPage = lazyPart(async () => (await import("../start/start-page.tsx")).StartPage);

/** The window: side bar, canvas over the panel, inspector, status bar. */
export const AppShell = ({ retry }: { readonly retry: () => void }): ReactElement => {
  const isClosed = useStore(project, ({ status }) => status === "closed");
  const areSettingsOpen = useStore(settingsPage, ({ isOpen }) => isOpen);
  const isAsked = useStore(productionQuestion, ({ asked }) => asked !== null);
  const hasDrafts = useStore(foundDrafts, ({ drafts }) => drafts.length > 0);
  useEffect(listenForKeys, []);
  useEffect(keepFocus, []);
  useEffect(announceRuns, []);
  return (
    <div className="shell">
      <ToolBar />
      <ConnectionBanner retry={retry} />
      <TrustBanner />
      {hasDrafts && !isClosed ? (
        <Part>
          <DraftsBanner />
        </Part>
      ) : null}
      {isClosed ? (
        <ErrorBoundary>
          <Suspense fallback={<LoadingState label={text.start.loading} />}>
            <StartPage />
          </Suspense>
        </ErrorBoundary>
      ) : (
        <Project />
      )}
      <StatusBar />
      <CommandPalette />
      {isClosed ? null : (
        <Part>
          <AuthoringLayer />
          <KeysPage />
        </Part>
      )}
      <Messages />
      <Part>
        {isAsked ? <ProductionQuestion /> : null}
        {areSettingsOpen ? <SettingsPage /> : null}
      </Part>
      <Announcer />
    </div>
  );
};

/** What comes when it is wanted; if it fails, the rest of the window stays. */
const Part = ({ children }: { readonly children: ReactNode }): ReactElement => (
  <ErrorBoundary>
    <Suspense fallback={null}>{children}</Suspense>
  </ErrorBoundary>
);

/** An open project: side bar, canvas over the panel, inspector. */
const Project = (): ReactElement => {
  const { left, right, bottom } = useStore(layout);
  return (
    <div className="shell-main">
      {left.isOpen ? (
        <aside className="area area-left" style={{ width: left.size }} aria-label={text.areas.left}>
          <AreaPanel area="left" />
          <Handle area="left" orientation="vertical" direction={1} />
        </aside>
      ) : null}
      <main className="shell-centre">
        {bottom.isOpen && bottom.isMaximised ? null : (
          <div className="shell-canvas">
            <ErrorBoundary>
              <CanvasView />
            </ErrorBoundary>
          </div>
        )}
        {bottom.isOpen ? <Bottom size={bottom.size} isMaximised={bottom.isMaximised} /> : null}
      </main>
      {right.isOpen ? (
        <aside className="area area-right" style={{ width: right.size }} aria-label={text.areas.right}>
          <Handle area="right" orientation="vertical" direction={-1} />
          <AreaPanel area="right" head={<InspectorHead />} />
        </aside>
      ) : null}
    </div>
  );
};

const Bottom = ({ size, isMaximised }: { readonly size: number; readonly isMaximised: boolean }): ReactElement => (
  <section
    className="area area-bottom"
    style={isMaximised ? { flex: 1 } : { height: size }}
    aria-label={text.areas.bottom}
  >
    {isMaximised ? null : <Handle area="bottom" orientation="horizontal" direction={-1} />}
    <AreaPanel
      area="bottom"
      actions={
        <>
          <IconButton
            icon="maximise"
            label={text.commands.maximiseBottom}
            aria-pressed={isMaximised}
            onClick={toggleMaximised}
          />
          <IconButton icon="close" label={text.actions.collapse} onClick={() => toggleArea("bottom")} />
        </>
      }
    />
  </section>
);

interface HandleProps {
  readonly area: Area;
  readonly orientation: "vertical" | "horizontal";
  readonly direction: 1 | -1;
}

const Handle = ({ area, orientation, direction }: HandleProps): ReactElement => {
  const size = useStore(layout, (state) => state[area].size);
  const space = orientation === "vertical" ? window.innerWidth : window.innerHeight;
  return (
    <SplitHandle
      label={text.actions.resize(text.areas[area])}
      orientation={orientation}
      size={size}
      smallest={smallestSize[area]}
      largest={Math.max(smallestSize[area], Math.round(space * 0.7))}
      direction={direction}
      onResize={(wanted) => resizeArea(area, wanted)}
    />
  );
};
