/**
 * The house as a table: which package may import which. DESIGN's floors, one row a package.
 * `values` may be imported whole, `types` with `import type` only; everything else of ours is forbidden.
 * `boundaries.ts` turns it into lint rules; `boundaries.test.ts` plants every forbidden edge and sees it refused.
 */
export interface Room {
  readonly folder: string
  readonly name: string
  readonly values: readonly string[]
  readonly types: readonly string[]
  /** may import node: modules */
  readonly node: boolean
  /** folders of it that are the server's alone, each an entry of the package: they may use Node, and no room of the browser may import them */
  readonly serverSide?: readonly string[]
}

const engine = (name: string, values: readonly string[], types: readonly string[] = []): Room => ({ folder: `engines/${name}`, name, values, types, node: false })

export const HOUSE: readonly Room[] = [
  engine('quantities', []),
  engine('reasoning', ['quantities']),
  engine('growth', ['quantities', 'reasoning'], ['nutrition', 'immunization', 'plan']),
  engine('nutrition', ['quantities', 'reasoning'], ['growth', 'immunization', 'plan']),
  engine('immunization', ['quantities', 'reasoning'], ['growth', 'nutrition', 'plan']),
  engine('plan', ['quantities', 'reasoning', 'growth', 'nutrition', 'immunization']),
  { folder: 'knowledge', name: 'knowledge', values: ['quantities', 'reasoning', 'growth', 'nutrition', 'immunization', 'plan'], types: [], node: false },
  { folder: 'record/fhir', name: 'fhir', values: ['quantities', 'reasoning', 'growth', 'nutrition', 'immunization', 'plan', 'knowledge'], types: [], node: false, serverSide: ['validate', 'search'] },
  { folder: 'record/store', name: 'store', values: ['quantities', 'reasoning', 'fhir'], types: ['plan', 'knowledge'], node: true },
  { folder: 'apps/web', name: 'web', values: ['quantities', 'reasoning', 'growth', 'nutrition', 'immunization', 'plan', 'knowledge', 'fhir'], types: [], node: false },
  { folder: 'apps/simulator', name: 'simulator', values: ['quantities', 'reasoning', 'growth', 'nutrition', 'immunization', 'plan', 'knowledge', 'fhir'], types: [], node: false },
  { folder: 'apps/server', name: 'server', values: ['quantities', 'reasoning', 'growth', 'nutrition', 'immunization', 'plan', 'knowledge', 'fhir', 'store', 'simulator', 'web'], types: [], node: true },
  { folder: 'apps/cli', name: 'cli', values: ['quantities', 'reasoning', 'growth', 'nutrition', 'immunization', 'plan', 'knowledge', 'fhir', 'store', 'simulator', 'server'], types: [], node: true },
]

/** Every pair that must be refused: importer, imported, and whether only a value import is. */
export function forbiddenEdges(): { readonly from: Room; readonly to: Room; readonly valueOnly: boolean }[] {
  return HOUSE.flatMap((from) =>
    HOUSE.filter((to) => to !== from && !from.values.includes(to.name)).map((to) => ({ from, to, valueOnly: from.types.includes(to.name) })))
}
