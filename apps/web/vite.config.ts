/**
 * How the page is built: Preact, message catalogues compiled ahead, and the list of files for the service worker.
 * `vite build apps/web` writes apps/web/dist; the server serves that folder and fills `<!--bairn-page-->` (index.ts).
 */
import { preact } from '@preact/preset-vite'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { defineConfig, type Plugin } from 'vite'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [compiledCatalogues(), ...preact({ devToolsEnabled: false, prefreshEnabled: false }), serviceWorkerList(), compressed()],
  build: {
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // The largest is the schedule of the United States: 800 kB of data, 72 kB as sent, fetched where vaccines are judged by it.
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      // How long each plugin took is nothing for somebody who starts Bairn for the first time.
      checks: { pluginTimings: false },
      // Nothing below these floors acts when it is imported: so the list's first load leaves the engines and tables to the screens that compute.
      treeshake: { moduleSideEffects: (id) => !/[\\/](engines|knowledge|record)[\\/]/.test(id) },
      input: { index: `${import.meta.dirname}/index.html`, sw: `${import.meta.dirname}/service-worker/sw.ts` },
      output: { entryFileNames: (chunk) => (chunk.name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js') },
    },
  },
})

/** ICU text becomes tokens at build time, so that the page carries no parser. The terminal's sentences stay out of the page. */
function compiledCatalogues(): Plugin {
  const place = /[\\/]knowledge[\\/]messages[\\/][a-z]{2}[\\/]([a-z]+)\.json$/
  return {
    name: 'bairn-catalogues',
    enforce: 'pre',
    transform(source, id) {
      const area = place.exec(id)?.[1]
      if (area === undefined) return null
      const catalogue = JSON.parse(source) as { review: unknown; messages: Record<string, string> }
      const kept = area === 'cli' ? [] : Object.entries(catalogue.messages)
      const messages = Object.fromEntries(kept.map(([key, text]) => [key, compileMessage(text)]))
      return { code: JSON.stringify({ review: catalogue.review, messages }), map: null }
    },
  }
}

/** Completes `sw.js` with the built files' names, and writes `shell.html`: the page without data, for a reload without the server. */
function serviceWorkerList(): Plugin {
  return {
    name: 'bairn-service-worker',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const worker = bundle['sw.js']
        const page = bundle['index.html']
        if (worker?.type !== 'chunk' || page?.type !== 'asset') throw new Error('sw.js or index.html is missing from the build')
        const files = Object.keys(bundle).filter((name) => name.startsWith('assets/')).map((name) => `/${name}`)
        worker.code = worker.code.replace(/["'`]__FILES__["'`]/, () => JSON.stringify([...files, '/boot.js', '/icon.svg'].sort()))
        this.emitFile({ type: 'asset', fileName: 'shell.html', source: String(page.source) })
      },
    },
  }
}

/** Beside each script, style and page its gzip, which the server sends as it lies. Fonts are compressed already. */
function compressed(): Plugin {
  return {
    name: 'bairn-compressed',
    apply: 'build',
    async writeBundle({ dir }, bundle) {
      const names = [...Object.keys(bundle), 'boot.js', 'icon.svg'].filter((name) => /\.(js|css|html|svg)$/.test(name))
      for (const name of names) {
        const file = join(dir ?? '', name)
        await writeFile(`${file}.gz`, gzipSync(await readFile(file), { level: 9 }))
      }
    },
  }
}
