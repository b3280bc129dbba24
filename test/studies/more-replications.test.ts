import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { moreReplications } from '../../studies/trial/more-replications.js';

const sentence = suite('moreReplications');

sentence('names the options, four times what they are, and what replaces the folder', () => {
  assert.is(
    moreReplications([{ option: '--most-replications', most: 20 }]),
    'More replications may settle what is undecided: the same command with --most-replications 80 (now 20), and --force.',
  );
  const both = moreReplications([
    { option: '--most-replications', most: 100 },
    { option: '--search-replications', most: 20 },
  ]);
  assert.match(both, '--most-replications 400 (now 100) and --search-replications 80 (now 20), and --force');
});

sentence.run();
