import { error } from './entry.ts';

/** WO40xx: objects that cannot be put into the output. */
export const emitting = {
  WO4001: error('A name that is taken', ({ object }: { object: string }) => ({
    message: `${object} would be generated, but an object of that name is in the list and is not wayout's`,
    hint: 'rename one of them; the generated one is named after its source',
  })),
  WO4002: error('Two objects of one name', ({ object }: { object: string }) => ({
    message: `${object} would be generated twice`,
    hint: 'rename one of the sources',
  })),
};
