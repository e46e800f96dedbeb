/** Three invented children who move (examples/crossing-borders), reachable as pages. */
import { dayOf, type Day } from '@bairn/quantities'

export interface Story { readonly id: string; readonly from: string; readonly to: string; readonly on: Day }

const ON = dayOf({ year: 2026, month: 3, day: 15 })

export const STORIES: readonly Story[] = [
  { id: 'kenya-usa', from: 'KE', to: 'US', on: ON },
  { id: 'ukraine-germany', from: 'UA', to: 'DE', on: ON },
  { id: 'nigeria-united-kingdom', from: 'NG', to: 'GB', on: ON },
]

interface Bundle { readonly entry: readonly { readonly resource: Readonly<Record<string, unknown>> }[] }

// The examples belong to no package: the build brings each in as a file of its own, loaded when its story is opened.
const FILES = import.meta.glob<{ readonly default: Bundle }>('../../../examples/crossing-borders/*.json')

/** The child's resources; none where the example is not there. */
export async function loadStory(id: string): Promise<readonly unknown[]> {
  const file = await FILES[`../../../examples/crossing-borders/${id}.json`]?.()
  return file?.default.entry.map(({ resource }) => resource) ?? []
}
