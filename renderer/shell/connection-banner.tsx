import type { ReactElement } from "react";
import { useStore } from "zustand";

import { connection } from "../api.ts";
import { text } from "../text/text.ts";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";

/** Says that the engine is gone, what that means, and tries again. */
export const ConnectionBanner = ({ retry }: { readonly retry: () => void }): ReactElement | null => {
  const { status } = useStore(connection);
  if (status !== "lost") return null;
  return (
    <div className="banner" role="alert">
      <Icon name="invalid" />
      <span>
        <strong>{text.connection.lost}</strong> {text.connection.lostNext}
      </span>
      <Button onClick={retry}>{text.connection.retry}</Button>
    </div>
  );
};
