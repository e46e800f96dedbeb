/**
 * `every rule has a test`: prints the rule ids that engines can give and no test names. The count must be nought.
 * Ids come from the editions (every rule of each, as the engine that uses it composes them) and from the code, where one is
 * written whole. A test names an id in its title or in what it expects; a template such as `who.2006.${indicator}.z` names
 * every id that fits it, but only if its last segment is written out.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { growthRuleIds, INDICATORS } from '@bairn/growth'
import { IMMUNIZATION_EDITIONS, loadEditions, loadImmunizationEdition, loadUncertainDatePolicy } from '@bairn/knowledge'
import { ROOT } from './boundaries.ts'
import { filesEnding } from './run.ts'

const SEGMENT = String.raw`(?:[\w-]|\$\{[^}]*\})+`
const RULE = new RegExp(String.raw`(?<![\w.-])(?:(?:who|bairn|cdsi|nice|national)\.[\w-]+|\$\{[\w.]*rulePrefix\})(?:\.${SEGMENT}){1,3}`, 'g')

const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8')
const { growth, nutrition, plan } = await loadEditions()
const schedules = (await Promise.all(IMMUNIZATION_EDITIONS.map((id) => loadImmunizationEdition(id)))).filter((edition) => edition !== undefined)
const given = new Set([
  ...growthRuleIds(growth.under5, INDICATORS), ...growthRuleIds(growth.from5, INDICATORS),
  ...[nutrition, plan, await loadUncertainDatePolicy(), ...schedules].flatMap(({ rulePrefix, rules }) => Object.keys(rules).map((rule) => `${rulePrefix}.${rule}`)),
])
const named = filesEnding('.test.ts').flatMap((file) => read(file).match(RULE) ?? [])
const exact = new Set(named)
const templates = named.filter((name) => name.includes('${') && !name.endsWith('}')).map((name) => new RegExp(`^${name.replaceAll('.', '\\.').replace(/\$\{[^}]*rulePrefix\}/g, '(?:who|bairn|cdsi|nice|national)\\.[\\w-]+').replace(/\$\{[^}]*\}/g, '[\\w-]+')}$`))
const untested = [...given].filter((id) => !exact.has(id) && !templates.some((template) => template.test(id))).toSorted()

for (const id of untested) console.log(`no test names ${id}`)
console.log(`rules: ${given.size} ids, ${untested.length} without a test`)
if (given.size === 0) console.log('rules: none was seen, so nothing was checked')
process.exitCode = untested.length > 0 || given.size === 0 ? 1 : 0
