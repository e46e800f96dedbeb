/** The editions for the tests of the plan, read as they stand in knowledge/. */
import { readFileSync } from 'node:fs'
import { decodeGrowthEdition, type GrowthFigures, type GrowthTables } from '@bairn/growth'
import { decodeImmunizationEdition, type ImmunizationFigures, type ScheduleData } from '@bairn/immunization'
import type { NutritionEdition } from '@bairn/nutrition'
import type { PlanEditions } from '../context.ts'
import type { PlanEdition } from '../edition.ts'

const read = (path: string): unknown => JSON.parse(readFileSync(new URL(`../../../knowledge/${path}`, import.meta.url), 'utf8'))
const growth = (name: string) => decodeGrowthEdition(read(`growth/${name}/edition.json`) as GrowthFigures, read(`growth/${name}/tables.json`) as GrowthTables)

export const editions: PlanEditions = {
  growth: { under5: growth('who-2006'), from5: growth('who-2007') },
  nutrition: read('nutrition/who-2023/edition.json') as NutritionEdition,
  plan: read('plan/bairn-2026/edition.json') as PlanEdition,
}

/** the same, with the vaccine schedule of the United States */
export const withVaccines: PlanEditions = { ...editions, immunization: decodeImmunizationEdition(read('immunization/cdsi-4.64/edition.json') as ImmunizationFigures, read('immunization/cdsi-4.64/schedule.json') as ScheduleData) }
