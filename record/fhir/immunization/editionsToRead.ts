/** The editions of a country, with the vaccine codes of the world where they are needed to read these resources. */
import type { ImmunizationEdition } from '@bairn/immunization'
import { loadEditionsFor, loadVaccineBridge, type Editions, type VaccineBridge } from '@bairn/knowledge'
import type { VaccineReading } from './childVaccines.ts'
import { needsVaccineBridge } from './history.ts'

export interface EditionsToRead extends Editions { readonly codes?: VaccineBridge }

/** @param resources what will be read, Bundles among them; without them the codes are always loaded */
export async function loadEditionsToRead(country: string, resources?: readonly unknown[]): Promise<EditionsToRead> {
  const editions = await loadEditionsFor(country)
  const { immunization } = editions
  if (immunization === undefined || (resources !== undefined && !needsVaccineBridge(resources, immunization))) return editions
  return { ...editions, codes: await loadVaccineBridge() }
}

/** For `ChildOptions`: nothing where there is no schedule. */
export const scheduleIn = ({ immunization, codes }: { readonly immunization?: ImmunizationEdition; readonly codes?: VaccineBridge }): { readonly schedule?: VaccineReading } =>
  immunization === undefined ? {} : { schedule: { edition: immunization, ...(codes === undefined ? {} : { bridge: codes }) } }
