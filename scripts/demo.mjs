// What `npm run demo` shows: an example, rendered by the real executable, and the path that its objects make, read from them alone.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';

const root = fileURLToPath(new URL('../', import.meta.url));
const example = 'kustomize-examples/egress-gateway';
const source = `${example}/sources/payments.yaml`;

const { status, stdout, stderr } = spawnSync(process.execPath, ['plugin/wayout', 'render', example], {
  cwd: root,
  encoding: 'utf8',
});
if (status !== 0) {
  process.stderr.write(stderr);
  process.exit(1);
}
const made = parseAllDocuments(stdout)
  .map(document => document.toJS())
  .filter(({ metadata }) => metadata.labels?.['app.kubernetes.io/managed-by'] === 'wayout');

/** The one that fits: the demo fails rather than show a path that the objects do not make. */
const one = (list, fits, what) => {
  const found = list.filter(fits);
  if (found.length !== 1) throw new Error(`the demo needs one ${what}, and finds ${found.length}`);
  return found[0];
};
const object = (kind, fits = () => true) => one(made, each => each.kind === kind && fits(each), kind).spec;
const route = fits => one(object('VirtualService').http, ({ match }) => match[0].gateways.some(fits), 'route');
const tlsOf = (policy, { number }) => one(policy.portLevelSettings, ({ port }) => port.number === number, 'port').tls;

const client = route(gateway => gateway === 'mesh');
const hop = client.route[0].destination;
const outside = route(gateway => gateway !== 'mesh').route[0].destination;
const ruleOf = host => object('DestinationRule', ({ spec }) => spec.host === host);
const mutual = tlsOf(
  one(ruleOf(hop.host).subsets, ({ name }) => name === hop.subset, 'subset').trafficPolicy,
  hop.port,
);
const origination = tlsOf(ruleOf(outside.host).trafficPolicy, outside.port);
const [{ from, to }] = object('AuthorizationPolicy').rules;
const { targetPort } = one(
  object('ServiceEntry').ports,
  ({ number }) => number === outside.port.number,
  'port outside',
);

const modes = { ISTIO_MUTUAL: 'mTLS', MUTUAL: 'mutual TLS', SIMPLE: 'TLS' };
const who = from.flatMap(({ source: { principals } }) =>
  principals.map(name => name.replace(/.*\/ns\/(.+)\/sa\//, '$1/')),
);
const what = to.flatMap(({ operation }) => operation.methods);
const checked = [...(origination.subjectAltNames ? ['name'] : []), ...(origination.caCertificates ? ['CA'] : [])];
const path = [
  'app',
  modes[mutual.mode],
  `gateway: only ${what.join(', ')}, only ${who.join(', ')}`,
  `${modes[origination.mode]}: ${checked.join(' and ')} checked`,
  `${outside.host}:${targetPort}`,
].join(' → ');

const input = readFileSync(`${root}${source}`, 'utf8').replace(/^#.*\n/gm, '');
const width = Math.max(...made.map(({ kind }) => kind.length));
const list = made
  .map(({ kind, metadata }) => `${kind.padEnd(width)}  ${metadata.namespace}/${metadata.name}`)
  .join('\n');
console.log(`${source}

${input.replace(/^(?=.)/gm, '  ')}
becomes, with the gateway and the policy beside it, ${made.length} Istio objects

${list.replace(/^/gm, '  ')}

and one path for an application that calls http://${object('VirtualService').hosts[0]}, port ${client.match[0].port}

  ${path}`);
