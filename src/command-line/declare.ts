import type { Command } from 'commander';
import type { Io } from '../io/standard.ts';

/** Adds one command to the program: its options, its help, and what runs it and gives the exit code. */
export type Declare = (program: Command, run: (work: (io: Io) => number | Promise<number>) => Promise<void>) => unknown;
