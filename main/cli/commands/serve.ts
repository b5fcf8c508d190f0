import { ProjectError } from "../../../shared/errors/index.ts";
import { startApiHost } from "../../web/index.ts";
import { openEngine } from "../open-project.ts";
import type { Execute, ProjectOptions } from "../session.ts";
import { printLines } from "../terminal.ts";
import { visible } from "../text/format.ts";

interface ServeOptions extends ProjectOptions {
  readonly port: number;
}

/** What a token has to be like: as hard to guess as one of ours. */
const tokenShape = /^[\w~.+/=-]{32,200}$/;

/** `headrace serve`: hands out the project's APIs on this machine until it is stopped. */
export const execute: Execute<ServeOptions> = async (session, options) => {
  const { terminal, signal, environment } = session;
  await using engine = await openEngine(session, options);
  const apis = await engine.apis.list();
  if (apis.length === 0) throw new ProjectError("exposure_nothing_served");
  const own = environment["HEADRACE_TOKEN"];
  if (own !== undefined && own !== "" && !tokenShape.test(own)) throw new ProjectError("serve_token_weak");
  await using host = await startApiHost({ port: options.port, apis: engine.apis, token: own === "" ? undefined : own });
  printLines(terminal, [
    ...apis.map(
      ({ name, columns }) =>
        `${host.origin}/exposures/${name}${columns === null ? "  (no table yet: run it once)" : ""}`,
    ),
    "",
    own === undefined || own === "" ? `Authorization: Bearer ${host.token}` : "Authorization: Bearer $HEADRACE_TOKEN",
    "",
    visible("Only this machine can ask, and only with this key. Ctrl-C ends it."),
  ]);
  session.onStopping(() => terminal.write("closing …\n"));
  await new Promise<void>((ready) => {
    if (signal.aborted) ready();
    else signal.addEventListener("abort", () => ready(), { once: true });
  });
  return 0;
};
