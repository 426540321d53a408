/** The order of two texts by their code units: the machine's language has no say. */
export const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
