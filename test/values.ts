import fc from 'fast-check';

/** Objects as YAML and JSON can hold them, with texts of a kind in them and as their keys. */
export function objectsWith(text: fc.Arbitrary<string>, key: fc.Arbitrary<string> = text): fc.Arbitrary<object> {
  const { object } = fc.letrec<{ object: object; any: unknown }>(tie => ({
    object: fc.dictionary(key, tie('any'), { maxKeys: 4, noNullPrototype: true }),
    any: fc.oneof(
      { maxDepth: 4 },
      text,
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('any'), { maxLength: 3 }),
      tie('object'),
    ),
  }));
  return object;
}
