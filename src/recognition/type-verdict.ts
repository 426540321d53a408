import { distance } from 'fastest-levenshtein';
import { isOurs } from '../groups.ts';
import { groupOf } from '../k8s/resource.ts';
import { textIn } from '../k8s/text-in.ts';
import { isNear } from '../spelling.ts';
import { knownGroups, knownKinds, versionOf } from './known-kinds.ts';
import type { Mistake } from './mistake.ts';

/** What `apiVersion` and `kind` make of an object: an input, a near miss of one, or an object that wayout does not manage. */
export type TypeVerdict = 'input' | 'foreign' | Mistake;

type Fields = Readonly<Record<string, unknown>>;

/** Judges an object by `apiVersion` and `kind`; where one is missing, by the key that is one or two letters from it. */
export function typeVerdict(fields: Fields): TypeVerdict {
  const version = fieldOf(fields, 'apiVersion', () => true);
  const kind = fieldOf(fields, 'kind', text => intendedKind(text) !== undefined);
  if (version === undefined || version.isMisspelled) return withoutVersion(version, kind);
  const group = groupIn(version.text);
  const standing = standingOf(group);
  if (standing === 'own') return inOwnGroup(version.text, group, kind);
  if (kind === undefined || kind.isMisspelled || standing === 'other') return 'foreign';
  const intended = standing === 'near' ? intendedKind(kind.text) : exactKind(kind.text);
  if (intended === undefined) return 'foreign';
  const args = { apiVersion: version.text, kind: kind.text, known: versionFor(intended) };
  return { code: 'WO1225', args, field: ['apiVersion'] };
}

/** A key that holds a text, and whether it is the misspelled form of the one that was looked for. */
interface Field {
  readonly key: string;
  readonly text: string;
  readonly isMisspelled: boolean;
}

function fieldOf(fields: Fields, name: string, isLikely: (text: string) => boolean): Field | undefined {
  const exact = Object.hasOwn(fields, name) ? textIn(fields[name]) : undefined;
  if (exact !== undefined) return { key: name, text: exact, isMisspelled: false };
  for (const [key, value] of Object.entries(fields)) {
    const text = key !== name && isNear(key, name) ? textIn(value) : undefined;
    if (text !== undefined && isLikely(text)) return { key, text, isMisspelled: true };
  }
  return undefined;
}

/** The group of an apiVersion; one without a slash that has a dot is a group whose version is missing. */
const groupIn = (apiVersion: string): string =>
  apiVersion.includes('/') || !apiVersion.includes('.') ? groupOf({ apiVersion }) : apiVersion;

/**
 * What a group is: `own`, `near` if it is within two letters of a known one, `closed` if it certainly has none of the
 * known kinds, like those of Kubernetes and Istio, `other` if it belongs to another project.
 */
function standingOf(group: string): 'own' | 'near' | 'closed' | 'other' {
  if (isOurs(group)) return 'own';
  if (knownGroups.some(known => isNear(group, known))) return 'near';
  // The group of a custom resource has a dot in its name.
  return !group.includes('.') || /(?:^|\.)(?:k8s|istio)\.io$/.test(group) ? 'closed' : 'other';
}

/** An object without `apiVersion`, which no cluster takes: a near miss if its kind is, or what stands in a misspelled key. */
function withoutVersion(version: Field | undefined, kind: Field | undefined): TypeVerdict {
  const intended = kind && intendedKind(kind.text);
  const isGroup = version !== undefined && ['own', 'near'].includes(standingOf(groupIn(version.text)));
  if (intended === undefined && !isGroup) return 'foreign';
  const known = intended === undefined ? version?.text : versionFor(intended);
  return {
    code: 'WO1224',
    args: { kind: kind?.text, misspelled: version?.key, known: known ?? '' },
    field: [version?.key ?? kind?.key ?? ''],
  };
}

function inOwnGroup(apiVersion: string, group: string, kind: Field | undefined): TypeVerdict {
  if (kind === undefined || kind.isMisspelled)
    return { code: 'WO1218', args: { apiVersion, misspelled: kind?.key }, field: kind === undefined ? [] : [kind.key] };
  const intended = intendedKind(kind.text);
  const args = { apiVersion, kind: kind.text };
  if (intended !== undefined && intended === kind.text) {
    const isRight = knownKinds.get(intended) === group && apiVersion.includes('/');
    return isRight
      ? 'input'
      : { code: 'WO1225', args: { ...args, known: versionFor(intended) }, field: ['apiVersion'] };
  }
  // Gloo has kinds that no table here names; wayout has one.
  if (intended === undefined && group.endsWith('gloo.solo.io')) return 'input';
  return { code: 'WO1226', args: { ...args, meant: intended ?? 'EgressConfig' }, field: ['kind'] };
}

const versionFor = (kind: string): string => versionOf(knownKinds.get(kind) ?? '');

const exactKind = (kind: string): string | undefined => (knownKinds.has(kind) ? kind : undefined);

/** The known kind that a text is, or is at most two letters from. */
function intendedKind(text: string): string | undefined {
  if (knownKinds.has(text)) return text;
  const near = [...knownKinds.keys()].filter(known => isNear(text, known));
  return near.sort((one, other) => distance(text, one) - distance(text, other))[0];
}
