import { isObject } from '../object.ts';
import { textIn } from './text-in.ts';

/** Whether a kind is that of a list. */
export const isListKind = (kind: unknown): boolean => /List$/.test(textIn(kind) ?? '');

/** Whether a value is a list that kustomize, kubectl and Argo CD all take apart: its kind ends in `List`, and `items` is an array. */
export const isList = (value: unknown): value is { readonly items: readonly unknown[] } =>
  isObject(value) && isListKind(value.kind) && Array.isArray(value.items);

/** The objects of a list and of the lists in it; of anything else itself. */
export const leavesOf = (value: unknown): readonly unknown[] =>
  isList(value) ? value.items.flatMap(leavesOf) : [value];
