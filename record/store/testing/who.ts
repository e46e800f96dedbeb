/** Who writes in tests, and when. */
import { dayOf, type Day } from '@bairn/quantities'
import type { Principal } from '../contract.ts'

export const NURSE: Principal = { practitioner: 'nurse-1', device: 'laptop-1' }
export const TODAY: Day = dayOf({ year: 2026, month: 11, day: 24 })
