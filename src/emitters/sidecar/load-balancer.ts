import type { ExternalService, Port } from '../../plan.ts';
import type { Hash } from '../../traffic.ts';
import { localities } from './failover.ts';

/** `loadBalancer` of a port: which endpoint takes a call, and in which order of localities; undefined for Istio's own choice. */
export function loadBalancer(service: ExternalService, port: Port): object | undefined {
  const { algorithm, hash, warmup } = port.traffic.balancing ?? {};
  const localityLbSetting = localities(service, port);
  const settings = {
    ...(algorithm !== undefined && { simple: algorithm }),
    ...(hash !== undefined && { consistentHash: consistentHash(hash) }),
    ...(warmup !== undefined && { warmup: { duration: warmup } }),
    ...(localityLbSetting !== undefined && { localityLbSetting }),
  };
  return Object.keys(settings).length > 0 ? settings : undefined;
}

function consistentHash(hash: Hash): object {
  switch (hash.by) {
    case 'header':
      return { httpHeaderName: hash.name };
    case 'queryParameter':
      return { httpQueryParameterName: hash.name };
    case 'sourceIp':
      return { useSourceIp: true };
    case 'cookie': {
      const { name, path, ttl } = hash;
      return { httpCookie: { name, ...(path !== undefined && { path }), ...(ttl !== undefined && { ttl }) } };
    }
  }
}
