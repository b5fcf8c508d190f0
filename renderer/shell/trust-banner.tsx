import { type ReactElement, useState } from "react";
import { useStore } from "zustand";

import { host } from "../api.ts";
import { project } from "../store/project-store.ts";
import { text } from "../text/text.ts";
import { announce } from "../ui/announcer.tsx";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { showMessage } from "../ui/messages.tsx";

const words = text.trust;

const grant = async (): Promise<void> => {
  try {
    await host().call("trust.grant", {});
    announce(words.granted);
  } catch (error) {
    showMessage(error);
  }
};

/** Says that the project is restricted, what that turns off, and how to end it. */
export const TrustBanner = (): ReactElement | null => {
  const isRestricted = useStore(project, ({ status, info }) => status === "open" && info?.trusted === false);
  const [isOpen, setIsOpen] = useState(false);
  if (!isRestricted) return null;
  return (
    <section className="banner banner-trust" aria-label={words.label}>
      <Icon name="warning" />
      <div className="banner-words">
        <p>
          <strong>{words.title}</strong> {words.what}
        </p>
        {isOpen ? (
          <ul className="banner-list">
            {words.off.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        ) : null}
      </div>
      <Button look="quiet" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        {words.more}
      </Button>
      <Button look="primary" onClick={() => void grant()}>
        {words.grant}
      </Button>
    </section>
  );
};
