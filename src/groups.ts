/** The API groups of what wayout reads: Gloo's, each a name before the shared ending, and its own. */
export const groups = ['gloo.solo.io', 'wayout.dev'] as const;

/** Whether objects of a group are read. */
export const isOurs = (group: string): boolean => groups.some(each => group === each || group.endsWith(`.${each}`));
