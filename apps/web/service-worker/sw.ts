/**
 * Keeps the page's own files, so that a reload without the server still shows the form and what was typed.
 * It keeps no answer of the server: no child's data lies in its cache. Files named with a hash come from the cache first,
 * pages from the server first and, without it, the shell.
 */
// The page's own types know no worker; these are the few of it that are used.
interface Worker {
  readonly clients: { claim(): Promise<void> }
  skipWaiting(): Promise<void>
  addEventListener(type: 'install' | 'activate', listener: (event: Lasting) => void): void
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void
}
interface Lasting { waitUntil(work: Promise<unknown>): void }
interface FetchEvent { readonly request: Request; respondWith(answer: Promise<Response>): void }
const worker = globalThis as unknown as Worker

const files = '__FILES__' as unknown as readonly string[]
const CACHE = `bairn-${fingerprint(files.join())}`
const SHELL = '/shell.html'

worker.addEventListener('install', (event) => event.waitUntil(fill()))
worker.addEventListener('activate', (event) => event.waitUntil(dropOlder()))
worker.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== location.origin) return
  if (request.mode === 'navigate') event.respondWith(fetch(request).catch(() => fromCache(SHELL)))
  else if (files.includes(url.pathname)) event.respondWith(fromCache(url.pathname, request))
})

async function fill(): Promise<void> {
  const cache = await caches.open(CACHE)
  await cache.addAll([...files, SHELL])
  await worker.skipWaiting()
}

async function dropOlder(): Promise<void> {
  for (const name of await caches.keys()) if (name.startsWith('bairn-') && name !== CACHE) await caches.delete(name)
  await worker.clients.claim()
}

async function fromCache(path: string, request?: Request): Promise<Response> {
  const kept = await (await caches.open(CACHE)).match(path)
  if (kept !== undefined) return kept
  return request === undefined ? Response.error() : fetch(request)
}

/** FNV-1a: enough to tell one build's list of hashed names from another's. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return (hash >>> 0).toString(36)
}
