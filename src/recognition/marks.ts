import { isObject } from '../object.ts';

/** Whether an object has the label and the annotation of what wayout generates. */
export const isMarked = (object: { readonly metadata?: unknown }): boolean =>
  textAt(object, 'labels', 'app.kubernetes.io/managed-by') === 'wayout' && sourceIn(object) !== undefined;

/** The input that a generated object was made from: `ExternalService/shop/pay`; undefined for any other object. */
export const sourceIn = (object: { readonly metadata?: unknown }): string | undefined =>
  textAt(object, 'annotations', 'wayout.dev/source');

/** A label or an annotation; anything may stand in an object that wayout does not manage. */
function textAt({ metadata }: { readonly metadata?: unknown }, map: string, key: string): string | undefined {
  const fields = isObject(metadata) ? metadata[map] : undefined;
  const value = isObject(fields) && Object.hasOwn(fields, key) ? fields[key] : undefined;
  return typeof value === 'string' ? value : undefined;
}
