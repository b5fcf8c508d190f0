import { type ReactElement, useEffect } from "react";
import { useStore } from "zustand";

import type { DraftView } from "../../shared/api/index.ts";
import { text } from "../text/text.ts";
import { announce } from "../ui/announcer.tsx";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { dayAndTime } from "../ui/times.ts";
import { bringBack, discard } from "./decide-draft.ts";
import { foundDrafts } from "./draft-store.ts";

const words = text.editor.drafts;
const mostShown = 3;

/** Asks what becomes of texts that were typed and never saved; nothing waits for the answer. */
export const DraftsBanner = (): ReactElement | null => {
  const { drafts } = useStore(foundDrafts);
  useEffect(() => announce(words.title(drafts.length)), [drafts.length]);
  if (drafts.length === 0) return null;
  return (
    <section className="banner banner-trust" aria-label={words.label}>
      <Icon name="warning" />
      <ul className="banner-words banner-rows">
        {drafts.slice(0, mostShown).map((draft) => (
          <Row key={draft.key} draft={draft} />
        ))}
        {drafts.length > mostShown ? <li>{words.more(drafts.length - mostShown)}</li> : null}
      </ul>
    </section>
  );
};

const Row = ({ draft }: { readonly draft: DraftView }): ReactElement => {
  const name = draft.part === "sql" ? draft.node : draft.file;
  const when = dayAndTime(draft.time);
  return (
    <li>
      <span>
        <strong>{words.of(name)}</strong> {words.from(when)}
      </span>
      <Button look="primary" aria-label={words.restoreOf(name)} onClick={() => void bringBack(draft, false)}>
        {words.restore}
      </Button>
      <Button aria-label={words.differenceOf(name)} onClick={() => void bringBack(draft, true)}>
        {words.difference}
      </Button>
      <Button look="quiet" aria-label={words.discardOf(name)} onClick={() => discard(draft.key)}>
        {words.discard}
      </Button>
    </li>
  );
};
