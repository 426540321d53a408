import { parse } from 'yaml';
import { textOf, type World } from '../worlds.ts';
import { renderWorld } from './rendered.ts';

/** The ranges in which test/conformance puts pods and Services; no recipe has an endpoint there. */
const clusterRanges = ['10.96.0.0/12', '10.112.0.0/12', 'fd00:10::/48'];

/** A world whose EgressConfig has a guard. */
export function guarded<Of extends World>(world: Of): Of {
  const { spec, ...config } = parse(world.config);
  const guard = { clusterRanges, inCluster: [{ namespace: '.' }] };
  return { ...world, config: textOf({ ...config, spec: { ...spec, guard } }) };
}

/** A world with a guard, without the services that no guard can hold. */
export function held<Of extends World>(world: Of): Of {
  const made = guarded(world);
  const errors = renderWorld(made).diagnostics.filter(({ severity }) => severity === 'error');
  const texts = errors.map(({ where }) => where?.source?.slice.text.trimEnd());
  const refused = world.documents.filter(({ text }) => texts.includes(text.trimEnd())).map(({ of }) => of);
  if (errors.length === 0) return made;
  if (refused.length === 0) return world;
  return held({
    ...world,
    services: world.services.filter(({ id }) => !refused.includes(id)),
    documents: world.documents.filter(({ of }) => !refused.includes(of)),
  });
}
