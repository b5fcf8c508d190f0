import type { ReactElement } from "react";

import type { TargetDescriptionView } from "../../shared/api/index.ts";
import type { Async } from "../panels/use-async.ts";
import { materializeText } from "../text/materialize-text.ts";
import { Icon } from "../ui/icon.tsx";
import { LoadingState, FailedState } from "../ui/state-view.tsx";

const words = materializeText;
const titles = [
  words.columns.name,
  words.columns.from,
  words.columns.to,
  words.columns.there,
  words.columns.warning,
] as const;

/** What each column becomes in the target, with a warning where it is not simply taken over. */
export const TypeMap = ({ description }: { readonly description: Async<TargetDescriptionView> }): ReactElement => {
  if (description.status === "failed") return <FailedState error={description.error} />;
  if (description.value === null) return <LoadingState label={words.describing} />;
  const { exists, columns } = description.value;
  return (
    <div className="panel-column">
      <p className="effect-line" role="status">
        {exists ? words.exists : words.willBeMade}
      </p>
      <div className="page-table" tabIndex={0} role="region" aria-label={words.views.types}>
        <table>
          <thead>
            <tr>
              {titles.map((title) => (
                <th key={title} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {columns.map(({ name, from, to, there, warning }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td className="code">{from ?? "–"}</td>
                <td className="code">{to ?? "–"}</td>
                <td className="code">{there ?? (exists ? words.isNew : "–")}</td>
                <td className={warning === null ? "type-note" : "type-note fact-warn"}>
                  {warning === null ? null : <Icon name="warning" size={13} />} {warning ?? words.fits}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
};
