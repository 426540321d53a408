/** What another program should have filled in before: `${PORT}`, `$(command)`, `{{ .Values.port }}`. */
export const placeholderIn = (value: unknown): string | undefined =>
  typeof value === 'string' ? /\$\{[^}]*\}|\$\([^)]*\)|\{\{.*?\}\}/s.exec(value)?.[0] : undefined;
