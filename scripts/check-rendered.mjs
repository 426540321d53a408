// Fails if a case renders other bytes than in the last release, and CHANGELOG.md does not say so under Unreleased.
import { compare } from './rendered.mjs';

const wrong = await compare();
if (wrong === undefined) console.log('there is no release yet: nothing to compare what is rendered with');
else if (wrong.length === 0) console.log('what is rendered is what the last release rendered, or CHANGELOG.md says so');
else {
  console.error(`${wrong.join('\n')}\nsay it in CHANGELOG.md under Unreleased, the name of each case in backticks`);
  process.exitCode = 1;
}
