/**
 * Weight-for-age z over time, small: a healthy child is flat, a falling line is the alarm. Band from -2 to +2, dashed line at -2.
 * Time runs left to right in every script, as on paper charts. The words beside it say the same.
 */
import type { WorklistRow } from '../contract.ts'
import { SPARK, sparkOf } from './model.ts'

export function Spark({ points, alarm }: { readonly points: WorklistRow['spark']; readonly alarm: boolean }) {
  const spark = sparkOf(points)
  if (spark === undefined) return null
  return (
    <svg class="spark" width={SPARK.width} height={SPARK.height} viewBox={`0 0 ${SPARK.width} ${SPARK.height}`} aria-hidden="true">
      <rect class="spark-band" x="0" y={SPARK.high} width="86" height={SPARK.low - SPARK.high} rx="2" />
      <path class="spark-median" d={`M0 ${SPARK.median}H86`} />
      <path class="spark-low" d={`M0 ${SPARK.low}H86`} />
      <path class="spark-line" d={spark.path} />
      <circle class={alarm ? 'spark-dot alarm' : 'spark-dot'} cx={spark.x} cy={spark.y} r="4.5" />
    </svg>
  )
}
