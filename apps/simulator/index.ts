/** Children who never lived: today twelve sample stories for the demo database. */
export { sampleBundles } from './samples/bundles.ts'
export type { TransactionBundle } from './samples/bundles.ts'
export { PLACES } from './samples/places.ts'
export type { PlaceName, SamplePlace } from './samples/places.ts'
export { STORIES } from './samples/stories.ts'
export type { Story, StoryName, Visit } from './samples/stories.ts'
