/** The statements of the worklist; each is the .sql file of its name. */
import { statement } from '../statement.ts'

type Texts = readonly string[]
type Maybe<T> = readonly (T | null)[]

export interface StateRow { readonly xact: string; readonly seq: string; readonly stamp: string; readonly rebuilt_to: string | null }
export const lockWorklist = statement<never, []>('lockWorklist')
export const readWorklistState = statement<StateRow, []>('readWorklistState')
export const writeWorklistState = statement<never, [xact: string, seq: string, stamp: string, rebuiltTo: string | null]>('writeWorklistState')
export const findStale = statement<{ readonly settled: boolean; readonly xact: string | null; readonly seq: string | null }, [stamp: string, on: number]>('findStale')
export const countStale = statement<{ readonly behind: string }, [on: number, patients: string, stamp: string]>('countStale')
export const listChangedChildren = statement<{ readonly xact: string; readonly seq: string; readonly child: string }, [xact: string, seq: string, limit: number]>('listChangedChildren')
export const listPatientsAfter = statement<{ readonly child: string }, [patients: string, after: string, limit: number]>('listPatientsAfter')
export const listDueChildren = statement<{ readonly child: string }, [on: number, limit: number]>('listDueChildren')
export const readRecords = statement<{ readonly child: string; readonly rid: string; readonly body: string }, [children: Texts]>('readRecords')
export const saveWorklist = statement<never, [
  child: Texts, listed: readonly boolean[], rank: readonly number[], comingUp: readonly boolean[], due: readonly number[], nameKey: Texts,
  birthDate: Maybe<string>, plannedOn: readonly number[], nextChange: Maybe<number>, lineChild: Texts, words: Texts, line: Texts,
  needChild: Texts, need: Texts, urgency: Texts, needDue: readonly number[], wordChild: Texts, kind: Texts, word: Texts, gone: Texts,
]>('saveWorklist')

interface LineRow { readonly line: string }
export const listWorklist = statement<LineRow, [limit: number, offset: number]>('listWorklist')
export const listWorklistOfRank = statement<LineRow, [limit: number, offset: number, rank: number]>('listWorklistOfRank')
export const listWorklistComingUp = statement<LineRow, [limit: number, offset: number]>('listWorklistComingUp')
export interface CountRow { readonly rank: number; readonly children: string | number; readonly coming_up: string | number }
export const countWorklist = statement<CountRow, []>('countWorklist')
export const countWordHits = statement<{ readonly hits: string }, [from: string, below: string]>('countWordHits')
export const searchWorklist = statement<{ readonly lines: readonly string[]; readonly counts: readonly CountRow[] | null }, [from: string, below: string, others: Texts, rank: number | null, comingUp: boolean, limit: number, offset: number]>('searchWorklist')
export const findAlike = statement<{ readonly line: string; readonly words: readonly string[] }, [kinds: Texts, words: Texts, birthDate: string | null]>('findAlike')
export const countListed = statement<{ readonly children: string }, [patients: string]>('countListed')
