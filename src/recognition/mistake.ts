import type { Args, Code } from '../diagnostics/catalog.ts';
import type { Path } from '../diagnostics/report.ts';

/** A near miss: what is wrong with a document that is almost an input, and the field that shows it. */
export type Mistake = MistakeOf<'WO1218' | 'WO1224' | 'WO1225' | 'WO1226' | 'WO1227'>;

type MistakeOf<C extends Code> = C extends Code
  ? { readonly code: C; readonly args: Args<C>; readonly field: Path }
  : never;
