/** Every FHIR route. The table is what the CapabilityStatement is made from. */
import type { Route } from '../routes.ts'
import { bundleRoutes } from './bundles.ts'
import type { FhirContext } from './context.ts'
import { immunizingRoute } from './immunizing.ts'
import { metadataRoute } from './metadata.ts'
import { resourceRoutes } from './resources.ts'
import { searchRoutes } from './searching.ts'
import { validateRoute } from './validating.ts'

export function fhirRoutes(context: FhirContext): readonly Route[] {
  const claiming: readonly Route[] = [...resourceRoutes(context), ...searchRoutes(context), validateRoute(context), immunizingRoute, ...bundleRoutes(context)]
  return [...claiming, metadataRoute(() => claiming, { base: context.base, version: context.version, since: new Date(context.now()).toISOString() })]
}
