/**
 * What the server takes from the web app: the shapes of contract.ts, where the built files lie, and how page data gets into the page.
 * Runs in Node; imports nothing of the browser's code.
 */
import type { PageData } from './contract.ts'

export type {
  ChildRecord, DemoRequest, Duplicates, NeedFilter, PageData, PlaceRequest, Session, SetupRequest, Worklist, WorklistRow,
} from './contract.ts'

/** Folder of the built page: `index.html`, `sw.js`, `boot.js`, `icon.svg` and `assets/` (names with a hash: cache for ever). */
export const webFolder: URL = new URL('./dist/', import.meta.url)

/**
 * The page with its first screen's data in it. `</script` cannot end the block early: every `<` is escaped.
 * @param html `index.html` as built
 */
export function pageWithData(html: string, page: PageData): string {
  const json = JSON.stringify(page).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
  // A function, because `$&` in a child's name must not be read as a pattern.
  return html.replace('<!--bairn-page-->', () => `<script type="application/json" id="bairn-page">${json}</script>`)
}
