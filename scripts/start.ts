/** `npm start`: without arguments the first look, replacing its last result; with arguments, the command line itself. */
import { main } from '../cli/main.js';

const given = process.argv.slice(2);
await main(given.length > 0 ? given : ['run', 'scenarios/first-look.yaml', '--force']);
