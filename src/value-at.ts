import type { Path } from './diagnostics/report.ts';

/** What stands at a path below a value; undefined where nothing does. */
export const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (found, key) =>
      typeof found === 'object' && found !== null && Object.hasOwn(found, key)
        ? // An own key of an object: reading it is safe, only its type is unknown.
          (found as Readonly<Record<string | number, unknown>>)[key]
        : undefined,
    value,
  );
