/**
 * The FHIR server under load, judged answer by answer, with the CPU of server and database together: runs the load generator
 * `fhir-load.mjs` where it lies beside the project (BAIRN_SHARED or ../shared), and says so where it does not.
 * Budgets in CPU-ms: create 1.5, read 0.5, search by child and code 0.6, transaction of ten 5 (HAPI on the same kind of
 * machine: 10, 4, 12, 54).
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { bairn, freePort, newHome, removeHome } from '../tests/server/harness.ts'

const load = path.resolve(process.env['BAIRN_SHARED'] ?? path.join(import.meta.dirname, '../../shared'), 'bench/fhir-load.mjs')
if (!existsSync(load)) console.log(`not measured: the load generator is not here (${load})`)
else {
  const home = newHome()
  const port = await freePort()
  const server = bairn(['start'], { home, port })
  try {
    await server.saw(/^http:\/\/127\.0\.0\.1/m)
    const token = readFileSync(path.join(home, 'token'), 'utf8').trim()
    const run = spawnSync(process.execPath, [load, '--base', `http://127.0.0.1:${port}/fhir`, '--pids', String(server.child.pid), '--children', '300', '--seconds', '4', '--token', token], { encoding: 'utf8', timeout: 180_000 })
    console.log(run.stdout.replace(/processes [\d ]+/, 'processes …'))
    if (run.status !== 0) process.exitCode = 1
  } finally {
    server.child.kill('SIGINT')
    await server.ended
    removeHome(home)
  }
}
