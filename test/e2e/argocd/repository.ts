import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a file holds; a link says where it leads. */
type Content = string | { readonly link: string };

/** Writes a repository into a new folder below another one; its paths are relative. */
export function repository(below: string, files: Readonly<Record<string, Content>>): string {
  const folder = mkdtempSync(join(below, 'repository-'));
  // Another user reads it too.
  chmodSync(folder, 0o755);
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    if (typeof content === 'string') writeFileSync(file, content);
    else symlinkSync(content.link, file);
  }
  return folder;
}

/** Commits all that a repository holds. */
export function commit(folder: string): void {
  for (const args of [
    ['init', '--quiet', '--initial-branch', 'main'],
    ['add', '--all'],
    ['-c', 'user.name=test', '-c', 'user.email=test@example.com', 'commit', '--quiet', '--message', 'test'],
  ])
    execFileSync('git', args, { cwd: folder });
}

/** An external service, in the namespace `shop` unless another is given; none for null. */
export const service = (name: string, { namespace = 'shop' as string | null, extra = '' } = {}): string =>
  `apiVersion: networking.gloo.solo.io/v2
kind: ExternalService
metadata:
  name: ${name}
${namespace === null ? '' : `  namespace: ${namespace}\n`}spec:
  hosts:
  - ${name}.example.com
  ports:
  - name: https
    number: 443
    protocol: HTTPS
${extra}`;

/** Objects of other people. */
export const configMaps = (count: number): string =>
  Array.from(
    { length: count },
    (_, index) => `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings-${index}
  namespace: shop
data:
  level: "${index}"
`,
  ).join('---\n');
