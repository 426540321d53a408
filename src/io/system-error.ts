/** The code of an error of the operating system, `ENOENT` and the like; empty for any other. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** What the operating system says in words: `permission denied`; what it did not say is no user's mistake, and thrown on. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error) || codeOf(error) === '') throw error;
  return /^[A-Z]+: ([^,]+)/.exec(error.message)?.[1] ?? codeOf(error);
}
