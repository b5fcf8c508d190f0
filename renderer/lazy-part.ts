// Parts of the window whose code comes when they are first shown. In a browser tab it comes from the studio itself, which
// may be gone at that moment.

import { type ComponentType, lazy, type LazyExoticComponent } from "react";

import { connection } from "./api.ts";

const pause = 500;
/** With the studio there, code that does not come will not come: another version of it runs now. */
const mostFailures = 4;

/** A part that is shown once its code is there, however often it has to be asked for. */
export const lazyPart = <P extends object>(
  load: () => Promise<ComponentType<P>>,
): LazyExoticComponent<ComponentType<P>> => lazy(async () => ({ default: await patiently(load) }));

/** What `load` gives, asked for again while the studio is gone; fails as it does when it fails beside the studio. */
export const patiently = async <T>(load: () => Promise<T>): Promise<T> => {
  for (let failures = 0; ;) {
    try {
      return await load();
    } catch (error) {
      if (connection.getState().status === "open") failures++;
      if (failures === mostFailures) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
    await studioThere();
    askForStylesAgain();
  }
};

/** Resolves at once unless the line is lost, else when it is there again. */
const studioThere = (): Promise<void> =>
  new Promise((resolve) => {
    if (connection.getState().status !== "lost") return resolve();
    const stop = connection.subscribe(({ status }) => {
      if (status === "lost") return;
      stop();
      resolve();
    });
  });

const lostStyles = new Set<HTMLLinkElement>();

if (typeof document !== "undefined") {
  const lost = ({ target }: Event): void => {
    if (target instanceof HTMLLinkElement && target.rel === "stylesheet") lostStyles.add(target);
  };
  // Such an event does not bubble.
  document.addEventListener("error", lost, true);
}

/** A part's styles are asked for once with its code: those that did not come then have to be asked for by themselves. */
const askForStylesAgain = (): void => {
  for (const link of lostStyles) link.replaceWith(link.cloneNode());
  lostStyles.clear();
};
