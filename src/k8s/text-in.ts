/** A text as Go's readers give it, which decode `!!binary`; undefined for what is none, or empty. */
export function textIn(value: unknown): string | undefined {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  return typeof value === 'string' && value !== '' ? value : undefined;
}
