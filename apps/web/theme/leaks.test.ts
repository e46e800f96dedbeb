/**
 * Styles of a screen are loaded with it and stay when it is left: a class that two screens use for different things breaks the
 * other one then. So the first class of every rule in a screen's CSS belongs to that screen alone (or to theme and components).
 */
import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'

const web = path.resolve(import.meta.dirname, '..')
const SHARED = ['theme', 'components', 'shell']
const folders = readdirSync(web, { withFileTypes: true }).filter((entry) => entry.isDirectory() && !['node_modules', 'dist', 'public', 'fonts'].includes(entry.name)).map(({ name }) => name)
const files = (folder: string, ending: RegExp): string[] => readdirSync(path.join(web, folder)).filter((name) => ending.test(name)).map((name) => readFileSync(path.join(web, folder, name), 'utf8'))

/** The classes that rules begin with, outside of comments and whatever media query they stand in. */
function firstClasses(css: string): Set<string> {
  const rules = css.replace(/\/\*[\s\S]*?\*\//g, '').replace(/@media[^{]*\{/g, '').match(/[^{}]+(?=\{)/g) ?? []
  return new Set(rules.flatMap((rule) => rule.split(',')).flatMap((selector) => /^\s*\.([\w-]+)(?![\w.-])/.exec(selector)?.[1] ?? []))
}
/** The classes that a screen's markup names. */
const usedClasses = (source: string): Set<string> => new Set([...source.matchAll(/class="([^"]+)"/g)].flatMap((match) => (match[1] as string).split(/\s+/)))

const owned = new Map(folders.filter((folder) => !SHARED.includes(folder)).map((folder) => [folder, new Set(files(folder, /\.css$/).flatMap((css) => [...firstClasses(css)]))]))
// Screens built of another screen's parts, or of its styles, are one family.
const direct = (folder: string): string[] => files(folder, /\.tsx$/).flatMap((source) => [...source.matchAll(/(?:from |import |import\()'\.\.\/([\w-]+)\/[\w-]+\.(?:css|tsx)'/g)].map((match) => match[1] as string))
// The parts of one page (the chart, the visits, the plan on the child's page) may share theirs.
const imports = (folder: string): string[] => [...direct(folder), ...folders.filter((page) => direct(page).includes(folder)).flatMap(direct)]

for (const [folder, classes] of owned) test(`styles of ${folder} change no other screen`, () => {
  for (const other of folders.filter((name) => name !== folder && !SHARED.includes(name) && !imports(name).includes(folder) && !imports(folder).includes(name))) {
    const clashing = [...new Set(files(other, /\.tsx$/).flatMap((source) => [...usedClasses(source)]))].filter((name) => classes.has(name))
    assert.deepEqual(clashing, [], `${other} uses classes that ${folder} styles`)
  }
})
