import { error, warning } from './entry.ts';

/** Documents of one kind that pass, by their names. */
interface Passing {
  readonly kind: string;
  readonly names: readonly string[];
}

const whoeverPasses =
  'leave it to Gloo while Gloo runs; without Gloo nothing acts on it: write its Istio counterpart, or take it out of the list';

/** WO12xx: documents that are not what their kind allows, and documents that are not translated. */
export const inputs = {
  WO1201: error(
    'A value of the wrong type or out of range',
    ({ field, value, wanted }: { field: string; value: string; wanted: string }) => ({
      message: `${field} is ${value}, but must be ${wanted}`,
    }),
  ),
  WO1202: error('An unknown field', ({ field, meant }: { field: string; meant?: string | undefined }) => ({
    message: `unknown field "${field}"`,
    hint: meant === undefined ? 'remove it, or check its spelling and indentation' : `did you mean "${meant}"?`,
  })),
  WO1203: error('A required field is missing', ({ field }: { field: string }) => ({
    message: `${field} is missing`,
    hint: `add ${field}`,
  })),
  WO1204: error(
    'An API version that wayout does not read',
    ({ apiVersion, kind, known }: { apiVersion: string; kind: string; known: string }) => ({
      message: `${kind} of ${apiVersion} is not an API version that wayout reads`,
      hint: `write apiVersion: ${known}`,
    }),
  ),
  WO1205: error('One object twice in the input', ({ object }: { object: string }) => ({
    message: `${object} stands twice in the input`,
    hint: 'remove one of them, or give it another name',
  })),
  WO1206: error('Two EgressConfig documents that differ', () => ({
    message: 'two EgressConfig documents are in the list, and they differ',
    hint: 'keep one; the functionConfig may override single fields of it',
  })),
  WO1207: error('A functionConfig of an unknown kind', ({ kind }: { kind: string }) => ({
    message: `a ${kind} cannot configure wayout`,
    hint: 'write an EgressConfig of wayout.dev/v1alpha1, or a ConfigMap whose data has the same fields',
  })),
  // WO1208 (a field of EgressConfig that is not served yet) retired with guard and registryOnly.
  WO1209: error('A ConfigMap value that is not YAML', ({ key }: { key: string }) => ({
    message: `data.${key} is not valid YAML`,
    hint: 'write the value as it would stand in an EgressConfig',
  })),
  WO1210: error('No namespace', ({ object }: { object: string }) => ({
    message: `${object} has no namespace`,
    hint: 'set metadata.namespace, or spec.namespace in EgressConfig for all inputs without one',
  })),
  WO1211: error('An empty render', () => ({
    message: 'objects came in, and none would go out: a deployment of this output would delete everything',
    hint: 'add an ExternalService, or set allowEmpty: true in EgressConfig',
  })),
  WO1212: warning('A Gloo kind that wayout does not translate', ({ kind, names }: Passing) => ({
    message: `wayout does not translate ${kind}: ${names.join(', ')} ${names.length === 1 ? 'passes' : 'pass'} through unchanged`,
    hint: whoeverPasses,
  })),
  WO1213: warning(
    'A document about an external service that wayout does not translate',
    ({ object, what }: { object: string; what: string }) => ({
      message: `${object} speaks of ${what}, but wayout does not translate it: it passes through unchanged`,
      hint: 'what it speaks of is rendered without it: write its Istio counterpart beside it',
    }),
  ),
  WO1214: error('A security policy that would be lost', ({ object, what }: { object: string; what: string }) => ({
    message: `${object} guards ${what}, and wayout cannot translate it`,
    hint: 'rendering without it would open what it closes: remove it, or write its Istio counterpart and select other destinations',
  })),
  WO1215: error('Without a name', ({ kind }: { kind: string }) => ({
    message: `${kind} has no metadata.name, or one that is no text`,
    hint: 'give it a name; one made of digits needs quotes',
  })),
  WO1216: error('A name that Kubernetes does not take', ({ value, what }: { value: string; what: string }) => ({
    message: `"${value}" is no ${what} that Kubernetes takes`,
    hint: 'use lower-case letters, digits and dashes',
  })),
  WO1217: warning('A document that no external service needs', ({ kind, names }: Passing) => ({
    message: `no external service of this list needs ${kind} ${names.join(', ')}: ${names.length === 1 ? 'it passes' : 'they pass'} through unchanged`,
    hint: whoeverPasses,
  })),
  WO1218: error(
    'A document without a kind',
    ({ apiVersion, misspelled }: { apiVersion: string; misspelled: string | undefined }) => ({
      message: `a resource of ${apiVersion} has no kind, or one that is not a string`,
      hint:
        misspelled === undefined
          ? 'add its kind; if the file ends here, write it again: it was cut off'
          : `rename the field "${misspelled}" to kind`,
    }),
  ),
  WO1224: error(
    'A resource without an apiVersion',
    ({ kind, misspelled, known }: { kind: string | undefined; misspelled: string | undefined; known: string }) => ({
      message: `${kind ?? 'a resource'} has no apiVersion, or one that is not a string`,
      hint: misspelled === undefined ? `add apiVersion: ${known}` : `rename the field "${misspelled}" to apiVersion`,
    }),
  ),
  WO1225: error(
    'A kind in an API group that does not have it',
    ({ apiVersion, kind, known }: { apiVersion: string; kind: string; known: string }) => ({
      message: `${apiVersion} has no kind ${kind}`,
      hint: `write apiVersion: ${known}`,
    }),
  ),
  WO1226: error(
    'A misspelled kind',
    ({ apiVersion, kind, meant }: { apiVersion: string; kind: string; meant: string }) => ({
      message: `${apiVersion} has no kind ${kind}: a similar kind is ${meant}`,
      hint: `write kind: ${meant}`,
    }),
  ),
  WO1227: error(
    'An input where not every tool finds it',
    ({ frame, key, held }: { frame: string; key: string; held: string }) => ({
      message: `${frame} holds ${held}${key === '' ? '' : ` in "${key}"`}: kustomize, kubectl and Argo CD do not all read it there`,
      hint: 'write each resource as a YAML document, or put them into items of a List of v1',
    }),
  ),
  WO1229: warning('Sources that kpt deletes', ({ object }: { object: string }) => ({
    message: `kpt deletes the file of ${object}: with sources: drop, wayout does not return it`,
    hint: 'set sources: keep in EgressConfig; if kpt writes to another folder, no action is needed',
  })),
  WO1228: error('A resource that YAML readers read differently', () => ({
    message:
      'YAML readers do not agree on this resource: for some of them it is an input of wayout, for others it is not',
    hint: 'write apiVersion, kind and metadata as plain keys with plain values, without tags, repeated keys and line breaks other than LF',
  })),
  WO1230: error('An object that does not say what it is', ({ missing }: { missing: string }) => ({
    message: `this object has no ${missing}, or one that is not a string: nobody can tell what it does to calls that leave the mesh`,
    hint: 'write apiVersion, kind and metadata.name, and check their spelling',
  })),
};
