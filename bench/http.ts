/**
 * The FHIR server under load, judged answer by answer, with the CPU of server and database together and what each of them weighs:
 * runs the load generator `fhir-load.mjs` where it lies beside the project (BAIRN_SHARED or ../shared), and says so where it does not.
 * Last come Synthea's bundles, a record each, as far as they lie there too.
 * Budgets in CPU-ms: create 1.5, read 0.5, search by child and code 0.6, transaction of ten 5 (HAPI on the same kind of
 * machine: 10, 4, 12, 54). In memory: server process 250 MB, PostgreSQL 150.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { startBenchServer } from './server/process.ts'

const shared = path.resolve(process.env['BAIRN_SHARED'] ?? path.join(import.meta.dirname, '../../shared'))
const load = path.join(shared, 'bench/fhir-load.mjs')
const bundles = path.join(shared, 'data/fhir/synthea')
if (!existsSync(load)) console.log('not measured: the load generator is not here')
else {
  const server = await startBenchServer()
  try {
    console.log(`after the start: ${server.memory()}`)
    const run = spawn(process.execPath, [
      load, '--base', `${server.url}/fhir`, '--pids', String(server.pid), '--children', '300', '--seconds', '4', '--token', server.token, ...(existsSync(bundles) ? ['--synthea', bundles] : []),
    ], { stdio: ['ignore', 'pipe', 'inherit'], timeout: 300_000 })
    const ended = new Promise<number | null>((resolve) => { run.on('close', resolve) })
    // Each phase is told as it ends: what the processes weigh then is what it left.
    for await (const line of createInterface({ input: run.stdout })) {
      console.log(line.replace(/processes [\d ]+/, 'processes …'))
      if (/ errors \d+ /.test(line)) console.log(`             ${server.memory()}`)
    }
    if (await ended !== 0) process.exitCode = 1
    console.log(`at the end: ${server.memory()}`)
  } finally {
    await server.stop()
  }
}
