/**
 * Whether a resource is found: the plain reading of the specification, slow and obvious. Faster ways are tested against it.
 * Source: HL7 FHIR R4 4.0.1, search.html#prefix (ranges), #token, #string, #reference.
 */
import type { Criterion, DateKey, DateQuery, IndexKeys, Search } from './types.ts'

/** All criteria must hold, of each any value. */
export function matches(keys: IndexKeys & { readonly id: string }, search: Search): boolean {
  return search.criteria.every((criterion) => meets(keys, criterion))
}

function meets(keys: IndexKeys & { readonly id: string }, criterion: Criterion): boolean {
  switch (criterion.kind) {
    case 'id': return criterion.any.includes(keys.id)
    case 'token': return criterion.any.some(({ system, code }) => keys.tokens.some((key) => key.param === criterion.param
      && (code === undefined || key.code === code) && (system === undefined || (key.system ?? '') === system)))
    case 'string': return criterion.any.some((start) => keys.strings.some((key) => key.param === criterion.param && key.value.startsWith(start)))
    case 'date': return criterion.any.some((query) => keys.dates.some((key) => key.param === criterion.param && isInRange(key, query)))
    case 'reference': return criterion.any.some(({ type, id }) => keys.references.some((key) => key.param === criterion.param && key.id === id && (type === undefined || key.type === type)))
    default: return criterion satisfies never
  }
}

function isInRange(key: DateKey, query: DateQuery): boolean {
  const [from, to] = query.clock === 'wall' ? [key.wallFrom, key.wallTo] : [key.from, key.to]
  const isWithin = from >= query.from && to <= query.to
  switch (query.prefix) {
    case 'eq': return isWithin
    case 'ne': return !isWithin
    case 'gt': return to > query.to
    case 'lt': return from < query.from
    case 'ge': return to > query.to || isWithin
    case 'le': return from < query.from || isWithin
    case 'sa': return from >= query.to
    case 'eb': return to <= query.from
    case 'ap': return from < query.to && to > query.from
    default: return query.prefix satisfies never
  }
}
