/** Calendar days, ages, periods, masses and lengths. See README.md. */
export { addDays, calendarDate, dayOf, days, daysInMonth, formatDay, isLeapYear, parseDay, parsePartialDay } from './day.ts'
export type { CalendarDate, Day, Days, Parsed, PartialDay, Problem, ProblemCode } from './day.ts'
export { addPeriod, months, parsePeriod, weeks, years } from './period.ts'
export type { Period } from './period.ts'
export {
  DAYS_PER_MONTH, ageInDays, completedMonths, completedWeeks, completedYears, correctedAge, dayOfAge, dayOfCompletedMonths, growthMonths,
} from './age.ts'
export { centimetres, centimetresToMillimetres, kilograms, millimetres, millimetresToCentimetres } from './measures.ts'
export type { Centimetres, Kilograms, Millimetres, Sex } from './measures.ts'
export { parseNumber } from './number.ts'
