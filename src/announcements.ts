import type { ConfigField } from '#config-fields';
import { parameterFields } from './parameters.ts';

/** A parameter as `spec.parameters.static` of a ConfigManagementPlugin announces it to Argo CD's interface. */
export interface Announcement {
  readonly name: string;
  readonly tooltip: string;
  readonly collectionType: 'string' | 'array' | 'map';
  readonly itemType?: 'boolean';
  /** The value that holds where none is given; Argo CD only shows it. */
  readonly string?: string;
}

/** Every parameter, in the order of the schema. */
export const announcements: readonly Announcement[] = parameterFields.map(field => ({
  name: field.name,
  tooltip: [field.description, ...hints(field)].join(' '),
  collectionType: field.form === 'array' ? 'array' : field.form === 'object' ? 'map' : 'string',
  ...(field.form === 'boolean' && { itemType: 'boolean' }),
  ...(['string', 'boolean'].includes(typeof field.default) && { string: String(field.default) }),
}));

/** What a value may be, where its type alone does not say it. */
function hints({ values, entries, form }: ConfigField): readonly string[] {
  if (values !== undefined) return [`One of ${values.join(', ')}.`];
  return ['array', 'object'].includes(form) && entries !== 'text' ? ['Each entry is YAML text.'] : [];
}
