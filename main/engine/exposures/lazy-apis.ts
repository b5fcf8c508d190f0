import type { Apis, openApis } from "./apis.ts";

/** An engine's APIs: nothing of them is loaded before somebody asks. */
export const lazyApis = (parts: Parameters<typeof openApis>[0]): Apis => {
  let opened: Promise<Apis> | null = null;
  const open = (): Promise<Apis> => (opened ??= import("./apis.ts").then(({ openApis: make }) => make(parts)));
  return {
    list: async () => (await open()).list(),
    read: async (request, signal) => (await open()).read(request, signal),
  };
};
