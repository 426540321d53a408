/** What a command that reads manifests says of its arguments. */
export const inputs = `
DIR stands for every *.yaml, *.yml and *.json file below it, but for hidden
ones and those in node_modules. Left out: kustomization.yaml, and files without
apiVersion and kind that name no API group of Gloo's or ours. A link that leaves
DIR is refused. DIR can also be a single file; - is standard input: YAML
documents or a ResourceList.`;

/** What every command says of its exit code. */
export const exits = `
Exit codes: 0 done, 1 the input is wrong, or stale with --check, 2 the command
line is wrong, 3 wayout itself failed, 4 egress opens, with diff --fail-on opens.`;
