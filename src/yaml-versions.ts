import type { Report, Source } from './diagnostics/report.ts';
import { at } from './draft.ts';
import { parser } from './on-demand.ts';

const word = String.raw`(?:y|n|yes|no|on|off|[-+]?0[0-7]+|[-+]?0b[01_]+|[-+]?\d[\d_]*_[\d_]*|\d{4}-\d\d-\d\d)`;
/** Where a value or key may stand that versions of YAML read differently: most inputs have none, and are not parsed again. */
const suspicious = new RegExp(String.raw`(?:^|[\s:,[{])${word}(?:$|[\s:,\]}])`, 'i');

/** Reports what an input says to us and not to the cluster, whose reader is of YAML 1.1; a number of two meanings is an error. */
export function reportYamlVersions(source: Source, report: Report): void {
  if (!suspicious.test(source.slice.text)) return;
  for (const { path, isNumber, ...words } of parser().differingIn(source.slice))
    report.add(isNumber ? 'WO1431' : 'WO1430', at(source, ...path), words);
}
