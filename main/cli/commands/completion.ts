import type { Execute } from "../session.ts";

const scripts: Readonly<Record<string, string>> = {
  bash: `# headrace completion for bash
_headrace() {
  local IFS=$'\\n'
  local words=("\${COMP_WORDS[@]:1:COMP_CWORD}")
  COMPREPLY=($(compgen -W "$(headrace __complete -- "\${words[@]}" 2>/dev/null)" -- "\${COMP_WORDS[COMP_CWORD]}"))
  [[ \${#COMPREPLY[@]} -eq 0 ]] && compopt -o default
}
complete -F _headrace headrace
`,
  zsh: `#compdef headrace
_headrace() {
  local -a candidates
  candidates=("\${(@f)$(headrace __complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n "\${candidates[1]}" ]]; then compadd -- "\${candidates[@]}"; else _files; fi
}
if [[ "$funcstack[1]" == "_headrace" ]]; then _headrace "$@"; else compdef _headrace headrace; fi
`,
  fish: `# headrace completion for fish
function __headrace_complete
  set -l words (commandline -opc)[2..-1] (commandline -ct)
  headrace __complete -- $words 2>/dev/null
end
complete -c headrace -f -a '(__headrace_complete)'
`,
};

/** `headrace completion SHELL`: a script that asks Headrace itself what may come next. */
export const execute: Execute<object> = async ({ terminal }, _options, [shell = ""]) => {
  terminal.write(scripts[shell] ?? "");
  return 0;
};
