const heading = '## What it costs in the mesh';

/** The last section of docs/performance.md, which `npm run conformance` writes and `npm run bench` keeps; empty if there is none. */
export function meshSection(page: string): string {
  const at = page.indexOf(heading);
  return at < 0 ? '' : page.slice(at);
}

/** The page with that section, and no other. */
export const withMeshSection = (page: string, section: string): string =>
  `${page.slice(0, page.length - meshSection(page).length).trimEnd()}\n\n${section}`;
