/** Loads the vaccine codes of the world: only when a code is met that the schedule itself does not know. */
import { vaccineBridge, type CodeTables, type ConceptTables, type VaccineBridge } from './codes/bridge.ts'

let loading: Promise<VaccineBridge> | undefined

export const loadVaccineBridge = (): Promise<VaccineBridge> => loading ??= load()

async function load(): Promise<VaccineBridge> {
  const [concepts, codes, names] = await Promise.all([
    import('./codes/concepts.json', { with: { type: 'json' } }),
    import('./codes/codes.json', { with: { type: 'json' } }),
    import('./codes/names.json', { with: { type: 'json' } }),
  ])
  return vaccineBridge(concepts.default as unknown as ConceptTables, codes.default as unknown as CodeTables, names.default)
}
