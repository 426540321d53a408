/** Whether some labels bear all of those that are wanted. */
export const bears = (labels: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>>): boolean =>
  Object.entries(wanted).every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value);

/** A selector as messages show it: `{app=pay, tier=primary}`. */
export const labelText = (labels: Readonly<Record<string, string>>): string =>
  `{${Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ')}}`;
