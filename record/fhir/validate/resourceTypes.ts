/** The resource types of R4, from the generated tables. */
import { tables } from './tables.ts'

const RESOURCES: ReadonlySet<string> = new Set(Object.entries(tables.types).filter(([, row]) => row.resource === 'concrete').map(([name]) => name))

/** The 146 resource types of R4, by name. */
export const RESOURCE_TYPES: readonly string[] = [...RESOURCES].sort()
/** Whether a name is one of R4's resource types (not the abstract Resource and DomainResource). */
export const isResourceType = (name: unknown): name is string => typeof name === 'string' && RESOURCES.has(name)
