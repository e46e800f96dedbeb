/** The schedule by age on its white sheet: dose numbers in a table; on a narrow screen a list of ages. Dashed ring: only in some places. */
import { listMessage, type ImmunizationEdition } from '@bairn/immunization'
import { groupName } from '@bairn/plan'
import { Glyph } from '../components/Glyph.tsx'
import { useMessages, type Messages } from '../i18n/messages.tsx'
import type { Grid, GridCell, GridRow } from './grid.ts'
import { capital, groupText, vaccineText } from './words.ts'

export function EditionGrid({ edition, grid }: { readonly edition: ImmunizationEdition; readonly grid: Grid }) {
  const messages = useMessages()
  const { t, say } = messages
  const { columns, rows, aside } = grid
  const some = rows.some(({ somePlaces }) => somePlaces)
  const unsure = rows.some((row) => row.unsure)
  return (
    <section class="sheet grid-sheet" aria-labelledby="by-age">
      <header><h2 id="by-age">{t('schedules.byAge')}</h2><span class="muted">{t('schedules.byAge.text')}</span></header>
      <table class={columns.length > 16 ? 'eg too' : columns.length > 13 ? 'eg many' : 'eg'}>
        <thead><tr><th scope="col"><span class="vh">{t('schedules.vaccine')}</span></th>{columns.map(({ key, age }) => <th key={key} scope="col">{capital(say(age))}</th>)}</tr></thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">{capital(rowName(row, messages))}{row.unsure ? <> <Glyph of="notKnown" size={18} name={t('schedules.unsure')} /></> : null}<span>{noteOf(row, edition, messages)}</span></th>
              {columns.map(({ key }) => <td key={key}>{row.cells.filter(({ column }) => column === key).map((cell) => <Dose key={cell.number} cell={cell} row={row} />)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
      <ol class="ages">
        {columns.map(({ key, age }) => (
          <li key={key}><b>{capital(say(age))}</b><ul>{rows.flatMap((row) => row.cells.filter(({ column }) => column === key).map((cell) => (
            <li key={`${row.key} ${cell.number}`}><Dose cell={cell} row={row} /><span>{rowName(row, messages)}{row.unsure ? <> <Glyph of="notKnown" size={18} name={t('schedules.unsure')} /></> : null}<small>{shortNote(row, messages)}</small></span></li>
          )))}</ul></li>
        ))}
      </ol>
      <div class="cap grid-legend">
        {some ? <p>{t('schedules.legend.some')}</p> : null}
        {unsure ? <p><Glyph of="notKnown" size={18} /> {t('schedules.legend.unsure')}</p> : null}
        {aside.length === 0 ? null : <p>{t('schedules.aside')} {aside.map(({ group, why }) => t(`schedules.aside.${why}`, { vaccine: { text: groupText(group, messages) } })).join(t('web.comma'))}.</p>}
      </div>
    </section>
  )
}

function Dose({ cell: { number, again }, row: { somePlaces } }: { readonly cell: GridCell; readonly row: GridRow }) {
  const { t } = useMessages()
  return (
    <span class={somePlaces ? 'dn some' : 'dn'}>
      <span class="vh">{t(somePlaces ? 'schedules.cell.some' : 'schedules.cell', { number: { number } })}</span>
      <b aria-hidden="true">{number}{again ? '+' : ''}</b>
    </span>
  )
}

const rowName = ({ antigens }: GridRow, { say }: Messages): string => say({ key: 'schedules.list', params: { list: listMessage(antigens.map((antigen) => ({ message: groupName(antigen) }))) } })
const shortNote = ({ sex, somePlaces }: GridRow, { t }: Messages): string => [sex === 'everybody' ? '' : t(`schedules.sex.${sex}`), somePlaces ? t('schedules.somePlaces') : ''].filter((part) => part !== '').join(t('web.comma'))
const noteOf = (row: GridRow, edition: ImmunizationEdition, messages: Messages): string =>
  [shortNote(row, messages), row.products.map((code) => vaccineText(code, edition, messages)).filter((name) => !row.antigens.some((antigen) => groupText(antigen, messages) === name)).join(messages.t('web.comma'))].filter((part) => part !== '').join(messages.t('web.comma'))
