/** What a country reported, as a table: a line a vaccine, for whom and where, with its ages as they were written. Pure. */
import type { ReferenceAge, ReferenceRow } from '@bairn/knowledge'

export interface ReferenceLine { readonly key: string; readonly vaccine: string; readonly population?: string; readonly place: ReferenceRow['place']; readonly doses: readonly Pick<ReferenceRow, 'dose' | 'age' | 'reported'>[] }

export function linesOf(rows: readonly ReferenceRow[]): readonly ReferenceLine[] {
  return [...Map.groupBy(rows, ({ vaccine, population = '', place }) => `${vaccine}|${population}|${place}`)].flatMap(([key, same]): ReferenceLine[] => {
    const [first] = same
    if (first === undefined) return []
    const { vaccineName, populationName, place } = first
    return [{ key, vaccine: vaccineName, place, doses: same.map(({ dose, age, reported }) => ({ dose, reported, ...(age === undefined ? {} : { age }) })), ...(populationName === undefined ? {} : { population: populationName }) }]
  })
}

export type Bound = NonNullable<Extract<ReferenceAge, { kind: 'age' }>['from']>
export const isBirth = ({ count }: Bound): boolean => count === 0
