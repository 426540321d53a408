import { createRequire } from 'node:module';
import type Ipaddr from 'ipaddr.js';
import type * as Validators from '#validators';
import type * as Chapters from './diagnostics/chapters.ts';
import type * as Kinds from './kinds/on-demand.ts';
import type * as Re2 from './re2.ts';
import type * as Parser from './yaml/parser.ts';

/** Reads a part of wayout from the disk when it is first asked for. */
function once<Part>(name: string): () => Part {
  let part: Part | undefined;
  return () => {
    part ??= createRequire(import.meta.url)(name) as Part;
    return part;
  };
}

/** Addresses: a list that has names alone needs none of it. */
export const ipaddr = once<typeof Ipaddr>('#ipaddr');

/** What is built on the package `yaml`: a list in the plain style needs none of it. */
export const parser = once<typeof Parser>('#parser');

/** The compiled schemas, which say what is wrong: an input that fits its schema needs none of them. */
export const validators = once<typeof Validators>('#validators');

/** RE2's syntax: a list without regular expressions needs none of it. */
export const re2 = once<typeof Re2>('#re2');

/** The words that a list which renders seldom asks for. */
export const chapters = once<typeof Chapters>('#chapters');

/** What most lists have nothing of: route tables, policies, and documents that are not translated. */
export const kinds = once<typeof Kinds>('#kinds');
