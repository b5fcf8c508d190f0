// Every sentence that the shell itself shows; the window's own are in the window's catalogue.

import type { MessageBoxOptions } from "electron";

const question = (options: MessageBoxOptions): MessageBoxOptions => ({ type: "question", noLink: true, ...options });

export const text = {
  product: "Headrace",
  menu: {
    file: "&File",
    edit: "&Edit",
    view: "&View",
    canvas: "&Canvas",
    run: "&Run",
    more: "C&ommands",
    window: "&Window",
    help: "&Help",
    newWindow: "New Window",
    open: "Open Project…",
    openTitle: "Open a Headrace project",
    recent: "Open Recent",
    noRecent: "No recent projects",
    close: "Close Window",
    quit: "Quit Headrace",
    log: "Show the Log",
    updates: "Look for Updates Daily",
    noUpdates: "This build does not look for updates",
    editing: "Text",
  },
  tray: {
    tip: (runs: number) => `Headrace: ${runs} ${runs === 1 ? "run" : "runs"} under way`,
    open: "Open Headrace",
    quit: "Cancel Runs and Quit",
    finished: "The runs that were left going have ended.",
  },
  closing: (runs: number): MessageBoxOptions =>
    question({
      message: `${runs === 1 ? "A run is" : `${runs} runs are`} still going`,
      detail: "Keep it running in the background, or cancel it? Tables that it has finished stay as they are.",
      buttons: ["Keep Running", "Cancel and Quit", "Back"],
      defaultId: 0,
      cancelId: 2,
    }),
  refused: (message: string, next: string): MessageBoxOptions => ({
    type: "warning",
    message,
    detail: next,
    buttons: ["OK"],
  }),
  pageGone: (reason: string): MessageBoxOptions => ({
    type: "error",
    message: "This window stopped working",
    detail: `${reason}. Your files and runs are not affected: runs go on, and edits are in their files. Reload the window to go on.`,
    buttons: ["Reload", "Close"],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  }),
  engineGone: (how: string): MessageBoxOptions => ({
    type: "error",
    message: "The engine keeps stopping",
    detail: `It ended several times in a minute (${how}). Saved files are safe, and a run that was cut off resumes where it was. Try again; if it goes on, the log says more.`,
    buttons: ["Try Again", "Show the Log", "Quit"],
    defaultId: 0,
    cancelId: 2,
    noLink: true,
  }),
  unusable: (detail: string): MessageBoxOptions => ({
    type: "error",
    message: "This copy of Headrace cannot start its engine",
    detail: `${detail}. Install Headrace again from its own installer.`,
    buttons: ["Quit"],
  }),
  crashed: (detail: string): MessageBoxOptions => ({
    type: "error",
    message: "Headrace met an error of its own",
    detail: `${detail}\n\nSaved files are safe, and a run that is cut off resumes where it was. Restart Headrace; the log says more.`,
    buttons: ["Restart", "Show the Log", "Quit"],
    defaultId: 0,
    cancelId: 2,
    noLink: true,
  }),
  updates: {
    offer: (version: string): MessageBoxOptions =>
      question({
        message: `Headrace ${version} is there`,
        detail: "Nothing is installed by itself: its download page opens in your browser.",
        buttons: ["Open the Page", "Not Now"],
        defaultId: 0,
        cancelId: 1,
      }),
  },
} as const;
