#!/usr/bin/env node
import { bundledProgram } from './bundled-program.js';

await bundledProgram().main(process.argv.slice(2));
