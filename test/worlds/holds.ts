import fc from 'fast-check';

// One seed, so that a red run can be repeated; SEED=… and RUNS=… look elsewhere and longer.
export const settings = {
  seed: Number(process.env.SEED ?? 20261124),
  numRuns: Number(process.env.RUNS ?? 60),
  includeErrorInReport: true,
};

/** Fails with the smallest value found for which a property does not hold. */
export function holds<T>(arbitrary: fc.Arbitrary<T>, property: (value: T) => void): void {
  fc.assert(fc.property(arbitrary, property), settings);
}
