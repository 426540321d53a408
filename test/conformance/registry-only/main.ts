import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { runIn } from '../../folder.ts';

// Every case once more, with `registryOnly` for each namespace that calls, in a mesh that lets everything out:
// what is declared still arrives, and what left as something that nobody declared is refused. The last line is `N passed, M failed`.
const cases = join(import.meta.dirname, '../../../../test/cases');
const [checker = 'test/conformance/run.sh'] = process.argv.slice(2);

interface Call {
  readonly from?: string;
  readonly get?: string;
  readonly to?: string;
  readonly arrives?: unknown;
  readonly passthrough?: string;
  readonly dropped?: boolean;
}

const read = (folder: string, file: string) =>
  existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : undefined;

/** A sidecar answers HTTP with 502, and closes what it cannot read; the address of a pod is nothing that anybody declared. */
const closed = ({ passthrough, arrives, dropped, ...call }: Call) =>
  passthrough === undefined && call.to?.startsWith('10.120.') !== true
    ? { ...call, ...(arrives !== undefined && { arrives }), ...(dropped === true && { dropped }), carried: false }
    : {
        ...call,
        carried: false,
        refused:
          call.get?.startsWith('http:') === true ? { status: 502, by: 'client' } : { status: 'reset', by: 'client' },
      };

/** Writes a case with the option; gives why it has none. */
async function write(name: string, into: string): Promise<string | undefined> {
  const source = join(cases, name);
  const calls = parse(read(source, 'calls.yaml') ?? '');
  const folder = join(into, name);
  if (existsSync(join(source, 'input.krm.yaml'))) return 'the configuration stands in its ResourceList';
  const given = parse(read(source, 'config.yaml') ?? '{}');
  if (given.kind !== undefined && given.kind !== 'EgressConfig') return 'its configuration is a ConfigMap';
  if (given.spec?.part === 'gateways') return 'it renders nothing for clients';
  cpSync(source, folder, { recursive: true });
  const asked: readonly Call[] = calls?.calls ?? [];
  const namespaces = new Set(asked.flatMap(({ from }) => from?.slice(0, from.indexOf('/')) ?? []));
  const config = {
    apiVersion: 'wayout.dev/v1alpha1',
    kind: 'EgressConfig',
    metadata: { name: 'egress' },
    ...given,
    spec: { ...given.spec, registryOnly: [...namespaces].filter(namespace => namespace !== 'istio-system') },
  };
  writeFileSync(join(folder, 'config.yaml'), stringify(config));
  const input = existsSync(join(folder, 'input')) ? 'input' : 'input.yaml';
  const { code, stdout, stderr } = await runIn(folder, ['render', input, '--config', 'config.yaml']);
  if (code !== 0) {
    rmSync(folder, { recursive: true });
    return /error\[.*/.exec(stderr)?.[0] ?? `exit code ${code}`;
  }
  writeFileSync(join(folder, 'output.yaml'), stdout);
  if (calls === null) return undefined;
  const { packets: _, replayOver: __, ...rest } = calls;
  const world = { ...rest.world, outboundTrafficPolicy: 'ALLOW_ANY' };
  writeFileSync(join(folder, 'calls.yaml'), stringify({ ...rest, carried: false, world, calls: asked.map(closed) }));
  return undefined;
}

const folder = mkdtempSync(join(tmpdir(), 'wayout-registry-only-'));
try {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(cases)
    .sort()
    .filter(name => existsSync(join(cases, name, 'output.yaml')))) {
    const reason = await write(name, folder);
    if (reason !== undefined && existsSync(join(cases, name, 'calls.yaml')))
      console.log(`left out: ${name}: ${reason}`);
  }
  const { stdout, stderr, status } = spawnSync(checker, [folder], { encoding: 'utf8', maxBuffer: 1 << 30 });
  process.stdout.write(stdout.replace(/^validated and analyzed, but without calls.yaml: .*\n\n/m, ''));
  if (status !== 0) process.stderr.write(stderr);
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true });
}
