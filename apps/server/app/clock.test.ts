/** The day is the place's: the same instant is two days in two places. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatDay } from '@bairn/quantities'
import { dayIn } from './clock.ts'

for (const { zone, at, day } of [
  { zone: 'Africa/Nairobi', at: '2026-02-28T20:59:59Z', day: '2026-02-28' },
  { zone: 'Africa/Nairobi', at: '2026-02-28T21:00:00Z', day: '2026-03-01' },
  { zone: 'UTC', at: '2026-02-28T21:00:00Z', day: '2026-02-28' },
  { zone: 'Pacific/Kiritimati', at: '2026-12-31T10:00:00Z', day: '2027-01-01' },
  { zone: 'Africa/Cairo', at: '2026-04-24T22:30:00Z', day: '2026-04-25' },
]) test(`in ${zone} ${at} is ${day}`, () => { assert.equal(formatDay(dayIn(zone, Date.parse(at))), day) })
