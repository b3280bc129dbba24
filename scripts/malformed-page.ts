/** `npm run malformed-page`: writes docs/malformed-scenarios.md from the files in docs/malformed. */
import { writeFileSync } from 'node:fs';
import { malformedPage, PAGE_FILE } from '../test/pipeline/malformed-page.js';

writeFileSync(PAGE_FILE, malformedPage());
