import { secrets } from '../kinds.ts';
import { allowed } from '../observe.ts';
import type { Check } from './check.ts';

/** A `credentialName` is a Secret in the gateway's namespace, and nowhere else; of Secrets only the metadata is asked for. */
export const secretsAreThere: Check = async ({ rendered: { plan }, cluster, report }) => {
  const asked = new Map<string, boolean | undefined>();
  const isThere = async (namespace: string, name: string): Promise<boolean | undefined> => {
    const key = `${namespace}/${name}`;
    if (!asked.has(key)) {
      const found = await allowed(async () => ({ is: await cluster.readMetadata(secrets, namespace, name) }), report);
      asked.set(key, found && found.is !== undefined);
    }
    return asked.get(key);
  };
  for (const { ports } of plan?.services ?? []) {
    for (const { origination, routes } of ports) {
      const name = origination?.credentialName;
      if (origination === undefined || name === undefined) continue;
      for (const { gateway } of routes) {
        const namespace = gateway.workloadNamespace;
        // Istio takes the CA from a Secret of its own too.
        const names = origination.mode === 'SIMPLE' ? [name, `${name}-cacert`] : [name];
        const found = await Promise.all(names.map(each => isThere(namespace, each)));
        if (found.every(is => is === false)) report.add('WO5121', origination.origin, { secret: name, namespace });
      }
    }
  }
};
