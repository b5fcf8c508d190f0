import { type ReactElement, useState } from "react";

import { addNode } from "../canvas/authoring/add-node.ts";
import { templateDrag } from "../canvas/authoring/drag-types.ts";
import { readable, withSecond } from "../canvas/authoring/quick-add.ts";
import { type Template, templates } from "../canvas/authoring/templates.ts";
import { matchScore } from "../commands/match.ts";
import { graph } from "../store/graph-store.ts";
import { text } from "../text/text.ts";
import { Icon } from "../ui/icon.tsx";
import { showMessage } from "../ui/messages.tsx";

const words = text.author.palette;
const groups = Object.keys(text.templateGroups) as (keyof typeof text.templateGroups)[];

/** Everything that can be added: drag it onto the canvas, or press Enter to add it after the selection. */
export const PalettePanel = (): ReactElement => {
  const [query, setQuery] = useState("");
  const found = templates.filter(({ label, search }) => matchScore(query, `${label} ${search}`) !== null);
  return (
    <div className="panel-column">
      <div className="panel-filter">
        <input
          className="field"
          type="search"
          aria-label={words.filter}
          placeholder={words.filter}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
      </div>
      <div className="panel-scroll">
        <p className="panel-hint">{found.length === 0 ? words.none(query) : words.help}</p>
        {groups.map((group) => (
          <TemplateGroup key={group} group={group} found={found.filter((one) => one.group === group)} />
        ))}
      </div>
    </div>
  );
};

interface GroupProps {
  readonly group: keyof typeof text.templateGroups;
  readonly found: readonly Template[];
}

const TemplateGroup = ({ group, found }: GroupProps): ReactElement | null =>
  found.length === 0 ? null : (
    <>
      <h2 className="panel-heading">{text.templateGroups[group]}</h2>
      <ul className="template-list" aria-label={text.templateGroups[group]}>
        {found.map((template) => (
          <li key={template.id}>
            <TemplateRow template={template} />
          </li>
        ))}
      </ul>
    </>
  );

const TemplateRow = ({ template }: { readonly template: Template }): ReactElement => (
  <button
    type="button"
    className="template-row"
    data-kind={template.kind}
    draggable
    onDragStart={({ dataTransfer }) => {
      dataTransfer.setData(templateDrag, template.id);
      dataTransfer.effectAllowed = "copy";
    }}
    onClick={() => void add(template).catch(showMessage)}
  >
    <Icon name={template.icon} />
    <span>
      <span className="template-name">{template.label}</span>
      <span className="template-help">{template.help}</span>
    </span>
  </button>
);

const add = async (template: Template): Promise<void> => {
  const tables = await withSecond(template, readable(graph.selection), null);
  if (tables !== null) await addNode({ template, reads: tables });
};
