import { ProjectError } from "../../../shared/errors/index.ts";
import type { Materialization } from "../../../shared/graph/index.ts";
import { materializationSchema } from "../../../shared/graph/kinds/common.ts";
import type { TargetSettings } from "../../../shared/api/index.ts";

/** A form's settings as the engine takes them. Throws `target_settings_invalid` with the first key that is wrong. */
export const readTarget = (settings: TargetSettings): Materialization => {
  const parsed = materializationSchema.safeParse(settings);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const detail = [issue?.path.join("."), issue?.message].filter((part) => part).join(": ");
  throw new ProjectError("target_settings_invalid", { params: { detail } });
};
