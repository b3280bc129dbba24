/**
 * What the planner claims: the size that it finds is bracketed, more of a resource never hurts where that is a theorem,
 * what breaks the order elsewhere is reported, and a study that was stopped and resumed ends with the same bytes.
 *
 * Usage: node dist/prove/planner.js; the last line is `N passed, N failed`. Some three minutes.
 */
import { columns } from '../cli/table.js';
import { Ledger } from './ledger.js';
import { proveBracketing } from './planner/bracketing.js';
import { proveCheapest } from './planner/cheapest.js';
import { proveElsewhere } from './planner/elsewhere.js';
import { proveClosedForm, proveFifo } from './planner/monotone.js';
import { proveResumed } from './planner/resumed.js';

const QUEUES = 1000;

const ledger = new Ledger();
proveFifo(ledger, QUEUES);
proveClosedForm(ledger, 'first-look.yaml', 'NAN', 4);
proveClosedForm(ledger, 'first-look.yaml', 'FAN', 4);
proveClosedForm(ledger, 'city-highload.yaml', 'NAN', 12);
const sizes = await proveBracketing(ledger);
const costs = await proveCheapest(ledger);
const elsewhere = await proveElsewhere(ledger);
await proveResumed(ledger);
console.log(`\n${columns([['size', 'found', 'one step less', 'simulated', 'violations'], ...sizes])}`);
console.log(
  `\n${columns([['cheapest', 'combinations', 'pass', 'found', 'USD', 'simulated by the search'], ...costs])}`,
);
console.log(`\n${columns([['more is not always better', 'steps tried', 'reported'], ...elsewhere])}\n`);
ledger.close();
