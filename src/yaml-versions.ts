import type { Report, Source } from './diagnostics/report.ts';
import { at } from './draft.ts';
import { parser } from './on-demand.ts';

/** Where a value or key may stand that versions of YAML read differently: most inputs have none, and are not parsed again. The flags i and m would make it twice as long to compile. */
const suspicious =
  /(?:^|[:,[{\r\n-])[ \t]*(?:[yYnN]|[yY][eE][sS]|[nN][oO]|[oO](?:[nN]|[fF][fF])|[-+]?(?:0[bB]?[0-7_]+|\d+_[\d_]*)|\d{4}-\d\d-\d\d)[ \t]*(?:$|[\r\n#:,\]}])/;

/** Reports what an input says to us and not to the cluster, whose reader is of YAML 1.1; a number of two meanings is an error. */
export function reportYamlVersions(source: Source, report: Report): void {
  if (!suspicious.test(source.slice.text)) return;
  for (const { path, isNumber, ...words } of parser().differingIn(source.slice))
    report.add(isNumber ? 'WO1431' : 'WO1430', at(source, ...path), words);
}
