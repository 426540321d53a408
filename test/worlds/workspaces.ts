import fc from 'fast-check';
import { clean, maybe, type Written } from './services.ts';

/** The namespaces of the lists, which Workspaces may choose from by pattern. */
export const namespaces = ['shop', 'billing', 'checkout', 'zoo', 'istio-gateways'];

const names = ['alpha', 'beta', 'gamma'];
const tiers: Readonly<Record<string, string>> = { alpha: 'gold', beta: 'gold', gamma: 'lead', stranger: 'lead' };
const home = 'gloo-mesh';

/** A Workspace or its settings. */
export const document = (kind: string, metadata: object, spec: object): Written => ({
  apiVersion: 'admin.gloo.solo.io/v2',
  kind,
  metadata,
  spec,
});

const share = fc
  .record({
    workspaces: maybe(
      fc.constantFrom<object[]>(
        [{ name: 'alpha' }],
        [{ name: 'beta' }, { name: 'gamma' }],
        [{ name: '*' }],
        [{ name: '*a', selector: { tier: 'gold' } }],
        [{ selector: { tier: 'lead' } }],
      ),
    ),
    resources: maybe(
      fc.constantFrom<object[]>(
        [{ kind: 'EXTERNAL_SERVICE' }],
        [{ kind: 'SERVICE' }],
        [{ labels: { team: 'a' } }],
        [{ kind: 'ALL', namespace: 'shop' }],
        [{ name: 's0' }, { kind: 'EXTERNAL_SERVICE', labels: { tier: 'gold' } }],
      ),
    ),
  })
  .map(clean);
// Both sides must say so before anything is shared: most lists say it often.
const shares = fc.oneof(
  { weight: 3, arbitrary: fc.constant([{}]) },
  { weight: 3, arbitrary: fc.array(share, { minLength: 1, maxLength: 2 }) },
  { weight: 1, arbitrary: fc.constant(undefined) },
);
/** What a workspace shares. */
export const settings = fc.record({ importFrom: shares, exportTo: shares }).map(clean);

/** Up to three Workspaces, each with namespaces of its own, perhaps one for all the rest, and who of them shares what. */
export const workspaces: fc.Arbitrary<readonly Written[]> = fc
  .record({
    owners: fc.array(fc.nat(3), { minLength: namespaces.length, maxLength: namespaces.length }),
    byPattern: fc.boolean(),
    rest: fc.nat(5).map(n => n === 0),
    own: fc.array(settings, { minLength: names.length, maxLength: names.length }),
    global: fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: settings }),
  })
  .map(({ owners, byPattern, rest, own, global }) => {
    const owned = names.map((name, index) => ({
      name,
      members: namespaces.filter((_, at) => owners[at] === index),
      settings: own[index],
    }));
    const made = owned
      .filter(({ members }) => members.length > 0)
      .flatMap(({ name, members, settings: spec }) => [
        workspace(
          name,
          members.map(member => (byPattern ? member.replace(/^check.*/, 'check*') : member)),
        ),
        ...(spec === undefined ? [] : [document('WorkspaceSettings', { name, namespace: members[0] }, spec)]),
      ]);
    if (made.length === 0) return [];
    return [
      ...made,
      ...(rest ? [workspace('rest', ['*'])] : []),
      ...(global === undefined ? [] : [document('WorkspaceSettings', { name: 'global', namespace: home }, global)]),
    ];
  });

/** A Workspace of some namespaces. */
export const workspace = (name: string, members: readonly string[]): Written =>
  document(
    'Workspace',
    { name, namespace: home, labels: { tier: tiers[name] ?? 'none' } },
    { workloadClusters: [{ name: '*', namespaces: members.map(member => ({ name: member })) }] },
  );
