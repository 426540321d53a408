import type { Where } from '../../diagnostics/report.ts';
import type { Draft } from '../../draft.ts';
import type { DestinationSpec } from './spec.ts';

/** The share of each destination in per cent: those without a weight divide what the others leave, one at least each. */
export function weightsOf(
  destinations: readonly Pick<DestinationSpec, 'weight'>[],
  origin: Where,
  { report }: Draft,
): readonly number[] | undefined {
  // Protobuf's zero is an absent one.
  const given = destinations.map(({ weight = 0 }) => weight);
  const open = given.filter(weight => weight === 0).length;
  const rest = 100 - given.reduce((sum, weight) => sum + weight, 0);
  if (open === 0 ? rest !== 0 : rest < open) {
    const weights = given.map(weight => (weight === 0 ? 'none' : weight)).join(' + ');
    report.add('WO2506', origin, { weights });
    return undefined;
  }
  let placed = 0;
  return given.map(weight => {
    if (weight > 0) return weight;
    placed += 1;
    return Math.floor((rest * placed) / open) - Math.floor((rest * (placed - 1)) / open);
  });
}
