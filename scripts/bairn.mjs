#!/usr/bin/env node
/** `npx bairn …` in a clone: brings what is missing, then runs the command line on the pinned Node. */
import process from 'node:process'
import { main } from './bootstrap.mjs'

await main('bairn', process.argv.slice(2))
