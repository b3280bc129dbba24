#!/usr/bin/env node
import { optimiseLater } from '../base/optimising.js';
import { main } from './main.js';

optimiseLater();
await main(process.argv.slice(2));
