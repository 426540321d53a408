import { Buffer, isUtf8 } from 'node:buffer';
import type { Report } from '../diagnostics/report.ts';

/** The text of UTF-8 bytes without a byte order mark; undefined once a byte that is not UTF-8 was reported. */
export const decode = (bytes: Uint8Array, file: string | undefined, report: Report): string | undefined =>
  checked(bytes, file, report)?.toString('utf8');

/** Bytes that are UTF-8, without a byte order mark; undefined once a byte that is not was reported. */
export function checked(bytes: Uint8Array, file: string | undefined, report: Report): Buffer | undefined {
  if (!isUtf8(bytes)) {
    report.add('WO1001', file === undefined ? undefined : { file }, { byte: firstInvalid(bytes) });
    return undefined;
  }
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const hasMark = text[0] === 0xef && text[1] === 0xbb && text[2] === 0xbf;
  return hasMark ? text.subarray(3) : text;
}

/** The offset of the byte at which decoding fails, found by halving. */
function firstInvalid(bytes: Uint8Array): number {
  let valid = 0;
  let invalid = bytes.length;
  while (valid + 1 < invalid) {
    const middle = (valid + invalid) >> 1;
    if (decodes(bytes.subarray(0, middle))) valid = middle;
    else invalid = middle;
  }
  return Math.max(0, invalid - 1);
}

function decodes(start: Uint8Array): boolean {
  try {
    // A character that is not yet complete is no mistake here.
    new TextDecoder('utf-8', { fatal: true }).decode(start, { stream: true });
    return true;
  } catch {
    return false;
  }
}
