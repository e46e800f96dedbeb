/** What an antigen protects against. Schedules that tell the kinds of one vaccine apart write the kind in brackets: 'Polio (oral)'. */
export const diseaseOf = (antigen: string): string => antigen.replace(/ \(.*\)$/, '')
export const diseasesOf = (antigens: readonly string[]): readonly string[] => [...new Set(antigens.map(diseaseOf))]
