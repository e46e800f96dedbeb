/** What the server wrote into the page: the first screen needs no request. Each part is taken once; later it is asked for. */
import type { PageData } from '../contract.ts'

let page: Partial<PageData> = read()

/** A part of the page's data, the first time it is asked for. */
export function takePageData<K extends keyof PageData>(part: K): PageData[K] | undefined {
  const { [part]: value, ...rest } = page
  page = rest as Partial<PageData>
  return value as PageData[K] | undefined
}

function read(): Partial<PageData> {
  const element = document.getElementById('bairn-page')
  return element === null ? {} : JSON.parse(element.textContent ?? '{}') as PageData
}
