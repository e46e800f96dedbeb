/** The structural validator of FHIR R4. See README.md. */
export { MAX_ISSUES, validateResource } from './validate.ts'
export { RESOURCE_TYPES, isResourceType } from './resourceTypes.ts'
