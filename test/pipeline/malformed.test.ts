import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { packageRoot } from '../../base/files.js';
import { emptyFolder, fanplan } from '../cli/support.js';
import { malformedPage, malformedScenarios, PAGE_FILE } from './malformed-page.js';

const scenarios = malformedScenarios();
const malformed = suite('malformed scenarios of the documentation');

malformed('each has an answer with a place in the file, and says what is wrong', () => {
  assert.ok(scenarios.length >= 20, `${scenarios.length} files`);
  for (const { file, text, diagnostics } of scenarios) {
    assert.ok(diagnostics.length > 0, `${file} is accepted`);
    for (const { line, column, message } of diagnostics) {
      assert.ok(line! >= 1 && line! <= text.split('\n').length && column! >= 1, `${file}: ${line}:${column}`);
      assert.ok(message.length > 0, file);
    }
  }
});

malformed('a place is where the offending text stands', () => {
  let compared = 0;
  for (const { file, text, diagnostics } of scenarios) {
    for (const { line, column, found } of diagnostics) {
      const rest = text.split('\n')[line! - 1]!.slice(column! - 1);
      if (found === undefined || !text.includes(found)) continue; // what was found is computed from the text
      assert.ok(rest.startsWith(found), `${file}:${line}:${column}: ${rest}, not ${found}`);
      compared++;
    }
  }
  assert.ok(compared > 20, `${compared} compared`);
});

malformed('every code but the one of files that are not there is shown', () => {
  const codes = [...readFileSync(join(packageRoot, 'docs', 'errors.md'), 'utf8').matchAll(/^\| `([A-Z_]+)`/gm)];
  const shown = new Set<string>(scenarios.flatMap(({ diagnostics }) => diagnostics.map((d) => d.code)));
  assert.equal(
    codes.map(([, code]) => code!).filter((code) => !shown.has(code)),
    ['NOT_FOUND'],
  );
});

malformed('the page holds these files and their answers (else: npm run malformed-page)', () => {
  assert.fixture(readFileSync(PAGE_FILE, 'utf8'), malformedPage());
});

malformed('fanplan run answers with exit code 2 and without a trace, and writes nothing', () => {
  const folder = emptyFolder();
  for (const { file, diagnostics } of [scenarios[0]!, scenarios.at(-1)!]) {
    const { code, err } = fanplan(['run', join(packageRoot, 'docs', 'malformed', file), '-o', 'out'], { cwd: folder });
    assert.is(code, 2, err);
    for (const { message } of diagnostics) assert.ok(err.includes(message), message);
    assert.not.match(err, /\n {4}at /);
    assert.not.ok(existsSync(join(folder, 'out')));
  }
});

malformed.run();
