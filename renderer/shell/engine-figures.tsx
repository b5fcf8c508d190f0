import { type ReactElement, useEffect, useState } from "react";

import { host } from "../api.ts";
import { text } from "../text/text.ts";

const everyMilliseconds = 5000;

/** How much memory the engine takes; asked now and then while the window is in view. */
export const EngineFigures = (): ReactElement | null => {
  const [figures, setFigures] = useState<{ readonly memoryBytes: number; readonly hosts: number } | null>(null);
  useEffect(() => {
    const stopped = new AbortController();
    const look = async (): Promise<void> => {
      if (document.hidden) return;
      try {
        setFigures(await host().call("engine.status", {}, stopped.signal));
      } catch {
        // Without a host the light beside it says so.
        if (!stopped.signal.aborted) setFigures(null);
      }
    };
    void look();
    const timer = setInterval(() => void look(), everyMilliseconds);
    return () => {
      clearInterval(timer);
      stopped.abort();
    };
  }, []);
  if (figures === null) return null;
  const megabytes = `${Math.round(figures.memoryBytes / 1e6).toLocaleString("en-US")} MB`;
  return (
    <span className="status-item" title={text.preferences.memoryWords}>
      {text.preferences.memory(megabytes, figures.hosts)}
    </span>
  );
};
