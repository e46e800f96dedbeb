/**
 * What the pages and the server say to each other, beside FHIR. Types only; the server imports them from here.
 * Reading: these shapes as JSON below /app. Writing: FHIR alone (`PUT /fhir/<type>/<id>` with `If-None-Match: *` for new
 * facts, `If-Match` for changes), through the one `save` of the page, so that an offline queue can take its place.
 * Every answer under /app needs the cookie or the bearer token; a problem comes as an OperationOutcome.
 */
import type { Resource } from '@bairn/fhir'
import type { Day } from '@bairn/quantities'
import type { EditionId, Message } from '@bairn/reasoning'
import type { Plan, Setting, Urgency } from '@bairn/plan'

/** GET /app/session */
export interface Session {
  /** undefined until the first-use page was answered */
  readonly user?: { readonly practitioner: string; readonly name: string }
  readonly place?: { readonly id: string; readonly name: string; readonly country: string }
  /** the demo database is open: striped banner on every page */
  readonly demo: boolean
  readonly setting: Setting
  readonly today: Day
  readonly engine: string
  readonly editions: readonly { readonly id: EditionId; readonly title: Message; readonly pastReview: boolean }[]
  readonly children: number
}

/** POST /app/setup: answers of the first-use page; answers with the new Session. `start` says which database opens: the twelve demo children, or an empty list of one's own. */
export interface SetupRequest { readonly name: string; readonly place: string; readonly country: string; readonly start: 'demo' | 'own' }
/**
 * POST /app/place: what holds of this place, by the codes of its vaccine schedule (`ofPlace`); null takes an answer back, what is not named
 * stays as it is. Answers with the new Session.
 */
export interface PlaceRequest { readonly switches: Readonly<Record<string, boolean | null>> }
/** POST /app/demo: enters or leaves the demo database; answers with the new Session. */
export interface DemoRequest { readonly open: boolean }

export type NeedFilter = 'all' | Urgency | 'notKnown' | 'well'

/** GET /app/worklist?filter=&q=&page=&count= (page counts from 1). `q` finds child's or mother's name, phone, card number, village. */
export interface Worklist {
  readonly total: number
  readonly counts: Readonly<Record<NeedFilter, number>>
  readonly page: number
  readonly pages: number
  readonly rows: readonly WorklistRow[]
  readonly asOf: Day
}

export interface WorklistRow {
  /** id of the Patient, without the type */
  readonly child: string
  readonly name: string
  readonly sex?: 'male' | 'female'
  /** ISO date as known: '2025-05-23', '2025-05', '2025' */
  readonly birthDate?: string
  readonly birthEstimated: boolean
  readonly village?: string
  readonly mother?: string
  /** of the first plan item; 'well' if nothing but comingUp is left, 'notKnown' if only questions are */
  readonly urgency: Urgency | 'notKnown' | 'well'
  readonly title?: Message
  readonly reason?: Message
  readonly due?: Day
  /** items beyond the first that are not comingUp */
  readonly more: number
  /** weight-for-age z by day, oldest first, at most 12 */
  readonly spark: readonly (readonly [Day, number])[]
  readonly lastWeight?: { readonly kg: number; readonly day: Day }
  readonly lastVisit?: Day
}

/** GET /app/child/<id> */
export interface ChildRecord {
  /** current FHIR resources of the child's compartment: Patient first, then RelatedPerson, Observation, Task, ... */
  readonly resources: readonly Resource[]
  readonly plan: Plan
}

/** GET /app/duplicates?name=&mother=&birthDate=&sex= : likely the same child, best first, at most 5. */
export interface Duplicates { readonly candidates: readonly (WorklistRow & { readonly because: readonly ('name' | 'mother' | 'birthDate' | 'phone')[] })[] }

/**
 * What the server writes into the page as `<script type="application/json" id="bairn-page">`: the first screen needs no request.
 * Pages: `/` (list, or first use), `/register`, `/child/<id>`, `/child/<id>/measure`, `/child/<id>/dose`, `/child/<id>/reaction`,
 * `/child/<id>/print`, `/child/<id>/move`, `/schedules`, `/schedules/<edition or country>`, `/stories/<name>`, `/about`.
 */
export interface PageData { readonly session: Session; readonly worklist?: Worklist; readonly child?: ChildRecord }
