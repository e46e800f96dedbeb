/** Plants every forbidden edge of the house in a copy, and sees the real check refuse each one. */
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { checkBoundaries, type Checked } from './boundaries.ts'
import { forbiddenEdges, HOUSE } from './house.ts'

let tree = ''
let checked: Checked = { files: 0, violations: [] }
const planted = forbiddenEdges().map(({ from, to, valueOnly }) => ({ file: `${from.folder}/planted-${to.name}.ts`, code: `import { x } from '@bairn/${to.name}'\nexport const y = x\n`, edge: `${from.name} -> ${to.name}`, valueOnly }))
const typesOnly = planted.filter((edge) => edge.valueOnly).map((edge) => ({ file: edge.file.replace('planted', 'allowed'), code: edge.code.replace('import {', 'import type {').replace('const y = x', 'type y = x') }))
const relative = HOUSE.map((room) => ({ file: `${room.folder}/deep/planted-relative.ts`, code: "import { x } from '../../other/index.ts'\nexport const y = x\n" }))
const nodeless = HOUSE.filter((room) => !room.node).map((room) => ({ file: `${room.folder}/planted-node.ts`, code: "import { readFileSync } from 'node:fs'\nexport const y = readFileSync\n" }))
const serverSide = HOUSE.filter((room) => !room.node && room.name !== 'fhir').map((room) => ({ file: `${room.folder}/planted-validate.ts`, code: "import { x } from '@bairn/fhir/validate'\nexport const y = x\n" }))
const lazily = HOUSE.filter((room) => room.name === 'web').map((room) => ({ file: `${room.folder}/child/planted-lazy.tsx`, code: "export const y = () => import('@bairn/store')\n" }))

before(() => {
  tree = mkdtempSync(path.join(tmpdir(), 'bairn-planted-'))
  for (const { file, code } of [...planted, ...typesOnly, ...relative, ...nodeless, ...serverSide, ...lazily]) {
    mkdirSync(path.dirname(path.join(tree, file)), { recursive: true })
    writeFileSync(path.join(tree, file), code)
  }
  checked = checkBoundaries(tree)
})
after(() => { rmSync(tree, { recursive: true, force: true }) })

const refused = (file: string): boolean => checked.violations.some((violation) => violation.file === file)

test('the table has forbidden edges, and every planted file was seen', () => {
  assert.ok(planted.length > 60)
  assert.equal(checked.files, planted.length + typesOnly.length + relative.length + nodeless.length + serverSide.length + lazily.length)
})
for (const { file, edge } of planted) test(`planted ${edge} is refused`, () => { assert.ok(refused(file)) })
for (const { file } of [...relative, ...nodeless, ...serverSide, ...lazily]) test(`${file} is refused`, () => { assert.ok(refused(file)) })
for (const { file } of typesOnly) test(`${file}: a type import is allowed`, () => { assert.ok(!refused(file)) })
test('a tree without files is a failure, not a success', () => {
  const empty = mkdtempSync(path.join(tmpdir(), 'bairn-empty-'))
  try { assert.equal(checkBoundaries(empty).files, 0) } finally { rmSync(empty, { recursive: true, force: true }) }
})
