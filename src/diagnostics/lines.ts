import { failed, sorted } from './format.ts';
import { type Location, locationOf, pointer } from './location.ts';
import { printable } from './printable.ts';
import type { Diagnostic, Where } from './report.ts';

/** Argo CD shows standard error in one field of its interface, and keeps it in the Application. */
const most = 10;

/**
 * What Argo CD shows: a line each, its first words file, object, field, reason; errors alone where there are any.
 *
 * What was filled in by default is nobody's concern in a log.
 */
export function linesOf(diagnostics: readonly Diagnostic[]): string {
  const severity = failed(diagnostics) ? 'error' : 'warning';
  const found = sorted(diagnostics.filter(diagnostic => diagnostic.severity === severity));
  const shown = found.slice(0, most).map(lineOf);
  const more = found.length - shown.length;
  if (more > 0)
    shown.push(`and ${more} more ${severity}${more === 1 ? '' : 's'}: wayout generate --format text shows all`);
  return shown.map(line => `${line}\n`).join('');
}

function lineOf({ code, severity, message, hint, where, related }: Diagnostic): string {
  const location = locationOf(where);
  const place = pointer(location);
  const named = objectAndField(where, location);
  const parts = [
    ...(place === '' ? [] : [`${place}:`]),
    `${severity}:`,
    ...(named === '' ? [] : [`${named}:`]),
    [message, ...related.map(nearby), ...(hint === undefined ? [] : [hint])].join('; '),
    `(${code})`,
  ];
  return printable(parts.join(' '));
}

/** `ExternalService/shop/pay spec.ports[0].number`, or as much of it as is known. */
function objectAndField(where: Where | undefined, { field }: Location): string {
  const resource = where?.source?.resource;
  const { namespace, name } = resource?.metadata ?? {};
  const object = resource && [resource.kind, namespace, name].filter(part => part !== undefined).join('/');
  return [object, field].filter(part => part !== undefined).join(' ');
}

const nearby = ({ words, where }: Diagnostic['related'][number]): string =>
  [words, pointer(locationOf(where)), objectAndField(where, locationOf(where))].filter(part => part !== '').join(' ');
