import type { ReactElement } from "react";
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";

import { type HeadraceError, toHeadraceError } from "../../shared/errors/index.ts";
import { text } from "../text/text.ts";
import { IconButton } from "./button.tsx";
import { Icon } from "./icon.tsx";
import { Marked } from "./marked.tsx";
import { plainCause } from "./plain-cause.ts";

interface Message {
  readonly number: number;
  readonly error: HeadraceError;
  readonly about: string | null;
}

const messages = createStore<{ readonly shown: readonly Message[] }>(() => ({ shown: [] }));
const most = 3;
let last = 0;

/**
 * Shows what went wrong with something a person asked for; it stays until they close it, or until another one `about`
 * the same takes its place.
 */
export const showMessage = (thrown: unknown, about: string | null = null): void => {
  const error = toHeadraceError(thrown);
  if (error.code === "cancelled") return;
  messages.setState(({ shown }) => {
    const isSame = (message: Message): boolean =>
      message.error.message === error.message || (about !== null && message.about === about);
    const others = shown.filter((message) => !isSame(message));
    return { shown: [...others, { number: ++last, error, about }].slice(-most) };
  });
};

const Cause = ({ error }: Pick<Message, "error">): ReactElement | null => {
  const words = plainCause(error.cause instanceof Error ? error.cause.message : null);
  return words === null ? null : <p className="message-cause code">{words}</p>;
};

const close = (number: number): void =>
  messages.setState(({ shown }) => ({ shown: shown.filter((message) => message.number !== number) }));

/** Messages over a corner of the window; nothing has to be answered. */
export const Messages = (): ReactElement => {
  const { shown } = useStore(messages);
  return (
    <div className="messages">
      {shown.map(({ number, error }) => (
        <div className="message" role="alert" key={number}>
          <Icon name="invalid" />
          <div>
            <p className="message-title">{error.message}</p>
            <Cause error={error} />
            <p>
              <Marked words={error.next} />
            </p>
          </div>
          <IconButton icon="close" label={text.actions.close} onClick={() => close(number)} />
        </div>
      ))}
    </div>
  );
};
