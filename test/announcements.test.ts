import assert from 'node:assert/strict';
import { test } from 'node:test';
import { announcements } from '../src/announcements.ts';
import { Report } from '../src/diagnostics/report.ts';
import { defaults } from '../src/options.ts';
import { readParameters } from '../src/parameters.ts';

test('a parameter is announced for each field that an Application may set, with what it is without', () => {
  const names = announcements.map(({ name }) => name);
  assert.ok(names.includes('visibility') && !names.includes('resources'), names.join(' '));
  for (const { name, tooltip, string } of announcements) {
    assert.match(tooltip, /^[A-Z].*\.$/, name);
    const known = Object.entries(defaults).find(([field]) => field === name)?.[1];
    assert.equal(string, typeof known === 'object' || known === undefined ? undefined : String(known), name);
  }
});

test('what is announced as the default is read as the default', () => {
  const given = announcements.flatMap(({ name, string }) => (string === undefined ? [] : [{ name, string }]));
  const report = new Report();
  const layer = readParameters(JSON.stringify(given), report);
  assert.deepEqual(report.diagnostics, []);
  assert.deepEqual({ ...defaults, ...layer?.spec }, defaults);
});
