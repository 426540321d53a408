// Breaks the emitters by one line at a time, and expects the conformance case that is named to fail: a proof that the proof would notice.
// With --check it only says whether each line is still there, and listed in docs/architecture.md.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const folder = 'src/emitters/sidecar';

/** Each is one line of an emitter, what it becomes, and the case that must fail; docs/architecture.md lists them. */
const mutations = [
  {
    name: 'drop the subset\u2019s SNI',
    file: 'hop.ts',
    from: "tls: { mode: 'ISTIO_MUTUAL', sni: hopSni(host) },",
    to: "tls: { mode: 'ISTIO_MUTUAL' },",
    case: 'egress-gateway-tls-origination',
  },
  {
    name: 'move the hop\u2019s DestinationRule',
    file: 'hop.ts',
    from: 'metadata({ name: gatewayName(service, gateway), namespace: gateway.workloadNamespace }, service)',
    to: 'metadata({ name: gatewayName(service, gateway), namespace: service.namespace }, service)',
    case: 'egress-gateway-default',
  },
  {
    name: 'forget exportTo',
    file: 'service-entries.ts',
    from: 'exportTo: exportTo(visibleTo(service)),',
    to: '',
    case: 'egress-gateway-tls-origination',
  },
  {
    name: 'declare 443 beside 80',
    file: 'service-entries.ts',
    from: 'ports: service.ports.map(port => servicePort(port, hosts, endpoints.length > 0)),',
    to: "ports: [...service.ports.map(port => servicePort(port, hosts, endpoints.length > 0)), { number: 443, name: 'outside', protocol: 'HTTPS' }],",
    case: 'egress-gateway-tls-origination',
  },
  {
    name: 'split the port-level policy',
    file: 'destination-rules.ts',
    from: 'trafficPolicy: { portLevelSettings } }),',
    to: 'trafficPolicy: { ...portLevelSettings.map(({ port, ...rest }) => rest)[0], portLevelSettings: portLevelSettings.map(({ port, tls }) => ({ port, tls })) } }),',
    case: 'egress-gateway-localities',
  },
  {
    name: 'retry at both hops',
    file: 'virtual-services.ts',
    from: 'route, retries: { attempts: 0 } } };',
    to: 'route, ...routePolicies(port.traffic) } };',
    case: 'retry-timeout-policy',
  },
  {
    name: 'name the Service\u2019s port to the network',
    file: '../network-policy.ts',
    from: 'listener.podPort ?? []',
    to: 'listener.number',
    case: 'guard-egress-gateway',
  },
  {
    name: 'leave the gateway open to every namespace',
    file: '../network-policy.ts',
    from: "service.clients === 'everyone' ? [] : service.clients.map(namespace => ({ namespace }))",
    to: "[{ namespace: '*' }]",
    case: 'guard-closes-the-bypass',
  },
  {
    name: 'let the client\u2019s certificate out',
    file: 'route-policies.ts',
    from: 'const remove = [...new Set([...request.remove, clientCertificate])];',
    to: 'const { remove } = request;',
    case: 'egress-gateway-tls-origination',
  },
  {
    name: 'forget what the hash is of',
    file: 'load-balancer.ts',
    from: '...(hash !== undefined && { consistentHash: consistentHash(hash) }),',
    to: '',
    case: 'load-balancer-policy-sticky',
  },
  {
    name: 'eject at another count',
    file: 'failover.ts',
    from: 'consecutive5xxErrors: consecutiveErrors,',
    to: 'consecutive5xxErrors: 10,',
    case: 'outlier-detection-policy-ejects',
  },
  {
    name: 'the route before its entry where hosts are open',
    file: '../../sync-waves.ts',
    from: 'ServiceEntry: { wave: -1 }, VirtualService: { wave: 0 }',
    to: 'ServiceEntry: { wave: 0 }, VirtualService: { wave: -1 }',
    case: 'sync-waves',
  },
  {
    name: 'the entry before its route where hosts are closed',
    file: '../../sync-waves.ts',
    from: 'VirtualService: { wave: -1, prunedLast: true }, ServiceEntry: { wave: 0 }',
    to: 'VirtualService: { wave: 0, prunedLast: true }, ServiceEntry: { wave: -1 }',
    case: 'sync-waves-where-hosts-are-closed',
  },
  {
    name: 'the route gone before its entry where hosts are closed',
    file: '../../sync-waves.ts',
    from: 'VirtualService: { wave: -1, prunedLast: true }',
    to: 'VirtualService: { wave: -1 }',
    case: 'sync-waves-new-version-where-hosts-are-closed',
  },
  {
    name: 'the policy after the route that it guards',
    file: '../../sync-waves.ts',
    from: 'AuthorizationPolicy: ready,',
    to: 'AuthorizationPolicy: closing,',
    case: 'sync-waves-neighbour',
  },
  {
    name: 'the hop gone before the route that leads to it',
    file: '../../sync-waves.ts',
    from: 'Place = { wave: -2, prunedLast: true }',
    to: 'Place = { wave: -2 }',
    case: 'sync-waves-another-gateway',
  },
  {
    name: 'the gateway closed to clients whose route stands',
    file: '../../sync-waves.ts',
    from: 'letsIn(resource) ? ready : ',
    to: '',
    case: 'sync-waves-guard-new-service',
  },
];

const { imports } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
/** What the build makes of schemas, and sources import by `#` and a name. */
const made = Object.values(imports).filter(path => path.startsWith('./dist/') && !path.startsWith('./dist/src/'));

const run = (command, args, cwd) => spawnSync(command, args, { cwd, encoding: 'utf8' });

/** The text of an emitter with the line changed; an error if the line is not there once. */
async function mutated({ file, from, to }) {
  const text = await readFile(join(root, folder, file), 'utf8');
  if (text.split(from).length !== 2) throw new Error(`${folder}/${file} does not hold this line once: ${from}`);
  return text.replace(from, () => to);
}

/** Copies what makes the executable, edits one line of the copy, and renders a case with it; gives the case's folder. */
async function rendered(mutation, copy) {
  const { file, case: name } = mutation;
  for (const part of ['src', 'plugin', 'scripts', 'schemas', 'package.json', 'tsconfig.json', ...made]) {
    await cp(join(root, part), join(copy, part), { recursive: true });
  }
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
  await writeFile(join(copy, folder, file), await mutated(mutation));
  const built = run(process.execPath, ['scripts/bundle.mjs'], copy);
  if (built.status !== 0) throw new Error(built.stderr);
  // All cases, since one may stand beside another.
  await cp(join(root, 'test/cases'), join(copy, 'cases'), { recursive: true });
  const shown = join(copy, 'cases', name);
  const config = existsSync(join(shown, 'config.yaml')) ? ['--config', 'config.yaml'] : [];
  const input = existsSync(join(shown, 'input')) ? 'input' : 'input.yaml';
  const { status, stdout, stderr } = run(join(copy, 'plugin/wayout'), ['render', input, ...config], shown);
  if (status !== 0) throw new Error(stderr);
  await writeFile(join(shown, 'output.yaml'), stdout);
  return shown;
}

/** How the checker judges a mutation: the first thing that fails in its case, undefined if nothing does. */
async function caught(mutation) {
  const copy = await mkdtemp(join(tmpdir(), 'wayout-mutation-'));
  try {
    const shown = await rendered(mutation, copy);
    const { stdout, stderr } = run(join(root, 'test/conformance/run.sh'), [shown], root);
    if (!/\d+ passed, \d+ failed\s*$/.test(stdout)) throw new Error(stderr);
    return /^FAIL {2}\S+: (.*(?:\n {8}.*)*)/m.exec(stdout)?.[1];
  } finally {
    await rm(copy, { recursive: true });
  }
}

const page = await readFile(join(root, 'docs/architecture.md'), 'utf8');
for (const mutation of mutations) {
  await mutated(mutation);
  if (!page.includes(`| ${mutation.name} |`)) throw new Error(`docs/architecture.md does not list: ${mutation.name}`);
}
let survivors = 0;
for (const mutation of process.argv.includes('--check') ? [] : mutations) {
  const original = await caught({ ...mutation, to: mutation.from });
  if (original !== undefined) throw new Error(`${mutation.case} fails without any mutation: ${original}`);
  const found = await caught(mutation);
  if (found === undefined) survivors += 1;
  console.log(
    `${found === undefined ? 'SURVIVES' : 'caught  '}  ${mutation.name}\n          ${mutation.case}: ${found ?? 'nothing fails'}`,
  );
}
if (!process.argv.includes('--check')) console.log(`\n${mutations.length - survivors} passed, ${survivors} failed`);
process.exitCode = survivors === 0 ? 0 : 1;
