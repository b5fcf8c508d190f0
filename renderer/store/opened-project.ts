import type { ProjectView, StudioClient } from "../../shared/api/index.ts";

// The tab remembers what was opened in it: a reload, or a host that came back, is to show the same project.
const key = "headrace.project";

/** Opens again what this tab had open; nothing when it never opened another project than the host began with. */
export const reopen = async (client: StudioClient): Promise<void> => {
  const folder = sessionStorage.getItem(key);
  if (folder === null) return;
  try {
    await client.call("project.open", { folder });
  } catch {
    sessionStorage.removeItem(key);
  }
};

/** Remembers a project that was opened from this window. */
export const rememberOpened = ({ info }: ProjectView): void => sessionStorage.setItem(key, info.root);
