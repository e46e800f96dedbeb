/** The past, what is expected today and what was typed, on one line; the same in words for those who do not see it. */
import { formatParam } from '@bairn/knowledge'
import { scaleLinear } from 'd3-scale'
import { useWidth } from '../growth/useWidth.ts'
import { useMessages } from '../i18n/messages.tsx'
import type { FieldName } from './draft.ts'
import { valueParam, type ValueLine as Line } from './model.ts'

const HEIGHT = 104
const AXIS = 48

export function ValueLine({ field, line }: { readonly field: FieldName; readonly line: Line }) {
  const { t, number, date, language } = useMessages()
  const [box, width] = useWidth<HTMLDivElement>()
  const { past, expected, entered } = line
  const values = [...past.map(({ value }) => value), expected.from, expected.to, entered]
  const span = Math.max(...values) - Math.min(...values)
  const x = scaleLinear([Math.min(...values) - span * 0.12, Math.max(...values) + span * 0.12], [16, width - 16]).nice(5)
  const write = (value: number): string => formatParam(valueParam(field, value), language)
  const ticks = x.ticks(width < 420 ? 4 : 6)
  const words = [...past.map(({ value, day }) => t('child.line.past', { day: { day }, value: { text: write(value) } })), t('child.line.expected', { from: { text: write(expected.from) }, to: { text: write(expected.to) } }), t('child.line.entered', { value: { text: write(entered) } })].join(' ')
  return (
    <div class="value-line" ref={box} dir="ltr">
      <svg class="chart" width={width} height={HEIGHT} viewBox={`0 0 ${width} ${HEIGHT}`} role="img" aria-label={words}>
        <path class="axis" d={`M16 ${AXIS}H${width - 16}`} />
        {ticks.map((tick) => <g key={tick}><path class="axis" d={`M${x(tick)} ${AXIS - 4}v8`} /><text x={x(tick)} y={HEIGHT - 4} text-anchor="middle">{number(tick)}</text></g>)}
        <rect class="expected" x={x(expected.from)} y={AXIS - 9} width={Math.max(6, x(expected.to) - x(expected.from))} height="18" rx="9" />
        <text class="expected-name halo" x={(x(expected.from) + x(expected.to)) / 2} y={AXIS - 18} text-anchor="middle">{t('child.line.expectedName')}</text>
        {past.map(({ value, day }, at) => (
          <g key={day}>
            <circle class="pt" cx={x(value)} cy={AXIS} r="6.5" />
            {at === past.length - 1 || Math.abs(x(value) - x(past.at(-1)?.value ?? 0)) > 96 ? <text class="halo" x={x(value)} y={AXIS + 27} text-anchor="middle">{`${date(day, 'short')} ${number(value)}`}</text> : null}
          </g>
        ))}
        <path class="entered" d={`M${x(entered)} ${AXIS - 11}l10 18h-20z`} />
        <text class="entered-name halo" x={x(entered)} y={AXIS - 18} text-anchor="middle">{number(entered)}</text>
      </svg>
    </div>
  )
}
