/** The value of a text that is a JSON object, in which no key is repeated; undefined for any other text. */
export function parseJson(text: string): unknown {
  if (!/^\s*\{/.test(text) || /[\u0085\u2028\u2029]/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return keysOf(value) === keysIn(text) ? value : undefined;
  } catch {
    return undefined;
  }
}

const keysIn = (text: string): number =>
  Array.from(text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"\s*(:)?/g)).filter(([, colon]) => colon !== undefined).length;

const keysOf = (value: unknown): number => {
  if (typeof value !== 'object' || value === null) return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce((count: number, inner) => count + keysOf(inner), own);
};
