/** The schema written from the catalogue, in a fixed order: what a migration really did, whatever its text says. */
import { Client } from 'pg'
import type { DatabaseConnection } from '../contract.ts'

export async function schemaOf(database: DatabaseConnection): Promise<string> {
  const client = new Client(database)
  await client.connect()
  const read = async (text: string): Promise<readonly Record<string, string>[]> => (await client.query<Record<string, string>>(text)).rows
  try {
    const sequences = await read("select sequencename as name, start_value::text as start, increment_by::text as step from pg_sequences where schemaname = 'bairn' order by 1")
    const columns = await read(`
      select c.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type, coalesce(k.collname, '') as collation,
        case when a.attnotnull then ' not null' else '' end as required,
        case when a.attidentity <> '' then ' generated always as identity' when d.adbin is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid) else '' end as filled
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum left join pg_collation k on k.oid = a.attcollation and k.collname <> 'default'
      where c.relnamespace = 'bairn'::regnamespace and c.relkind in ('r', 'p') order by c.relname, a.attnum`)
    const constraints = await read(`
      select c.relname as table, o.conname as name, pg_get_constraintdef(o.oid) as text
      from pg_constraint o join pg_class c on c.oid = o.conrelid where o.connamespace = 'bairn'::regnamespace and o.contype <> 'n' order by 1, 2`)
    const indexes = await read(`
      select i.indexdef as text from pg_indexes i where i.schemaname = 'bairn'
        and not exists (select from pg_constraint o where o.connamespace = 'bairn'::regnamespace and o.conname = i.indexname) order by i.indexname`)
    const functions = await read("select pg_get_functiondef(oid) as text from pg_proc where pronamespace = 'bairn'::regnamespace order by proname")
    const tables = [...new Set(columns.map(({ table }) => table as string))]
    const tableText = (table: string): string => {
      const lines = [
        ...columns.filter((column) => column['table'] === table).map(({ name, type, collation, required, filled }) => `  ${name} ${type}${collation === '' ? '' : ` collate "${collation}"`}${required}${filled}`),
        ...constraints.filter((constraint) => constraint['table'] === table).map(({ name, text }) => `  constraint ${name} ${text}`),
      ]
      return `create table bairn.${table} (\n${lines.join(',\n')}\n);`
    }
    return [
      '-- Written from the catalogue after all migrations. Renew with: npm run golden',
      ...sequences.map(({ name, start, step }) => `create sequence bairn.${name} start ${start} increment ${step};`),
      ...tables.map(tableText),
      ...indexes.map(({ text }) => `${text};`),
      ...functions.map(({ text }) => `${text?.trimEnd()};`),
      '',
    ].join('\n\n')
  } finally {
    await client.end()
  }
}
