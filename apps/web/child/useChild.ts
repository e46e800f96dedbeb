/**
 * One child in the page: the record and plan that came with it, the engines that take over, and the one way to write. After every
 * save the plan is computed again from the record here, by the same engines as the server's. What nobody answered for stays in this
 * browser and is sent again when Bairn is back.
 */
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { ChildFacts, Plan } from '@bairn/plan'
import { useConnection } from '../api/connection.ts'
import { useDraft } from '../api/drafts.ts'
import { takePageData } from '../api/pageData.ts'
import { getJson } from '../api/request.ts'
import { remove, save, type Fact, type SaveOutcome } from '../api/save.ts'
import { useSession } from '../app/session.tsx'
import type { ChildRecord } from '../contract.ts'
import type { Engines } from './compute.ts'
import { momentNow, signed } from './context.ts'
import { findResource, isPendingList, keyOf, versionOf, versioned, withoutResource, withPending, withResource, type Pending, type Resource } from './record.ts'

export type ChildState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'notHere' }
  | { readonly kind: 'refused'; readonly says: readonly string[] }
  | { readonly kind: 'away' }
  | { readonly kind: 'here'; readonly child: Child }

export interface Child {
  readonly id: string
  /** with what is not sent yet */
  readonly resources: readonly Resource[]
  /** the server's until something was recorded here, then the page's own */
  readonly plan: Plan
  /** undefined until the engines have come */
  readonly facts: ChildFacts | undefined
  readonly engines: Engines | undefined
  readonly pending: readonly Pending[]
  readonly trouble: Trouble | undefined
  readonly write: (fact: Fact, options?: { readonly basedOn?: string | undefined }) => Promise<SaveOutcome>
  /** takes back what has no status "entered in error"; only while Bairn answers */
  readonly remove: (key: string) => Promise<'removed' | 'notSent' | 'refused'>
  readonly sendAgain: () => Promise<void>
  readonly calm: () => void
}

/** What a save met: shown on the page, never over it. */
type Trouble = { readonly kind: 'refused'; readonly says: readonly string[] } | { readonly kind: 'differs'; readonly theirs: Fact; readonly mine: Fact; readonly theirVersion?: string }

const NOTHING: readonly Pending[] = []

export function useChild(id: string): ChildState & { readonly reload: () => Promise<void> } {
  const { session } = useSession()
  const connection = useConnection()
  const [record, setRecord] = useState<ChildRecord | undefined>(() => firstRecord(id))
  const [failure, setFailure] = useState<Exclude<ChildState, { readonly kind: 'here' }>>({ kind: 'waiting' })
  const [engines, setEngines] = useState<Engines | undefined>(undefined)
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined)
  const [touched, setTouched] = useState(false)
  const pending = useDraft<readonly Pending[]>({ name: `child/${id}`, demo: session.demo, empty: NOTHING, isDraft: isPendingList })

  const reload = useCallback(async () => {
    const outcome = await getJson<ChildRecord>(`/app/child/${encodeURIComponent(id)}`)
    if (outcome.kind === 'answer') {
      setRecord(outcome.value)
      setTouched(false)
    } else if (outcome.kind === 'refused') setFailure(outcome.status === 404 || outcome.status === 410 ? { kind: 'notHere' } : { kind: 'refused', says: outcome.says })
    else setFailure({ kind: 'away' })
  }, [id])
  useEffect(() => { if (record === undefined) void reload() }, [id, connection])

  const loadedFor = record === undefined ? undefined : `${record.plan.on} ${JSON.stringify(record.plan.setting)}`
  useEffect(() => {
    if (record === undefined) return undefined
    let wanted = true
    const load = async (): Promise<void> => {
      const { loadEngines } = await import('./compute.ts')
      const loaded = await loadEngines({ on: record.plan.on, setting: record.plan.setting, resources: record.resources })
      if (wanted) setEngines(loaded)
    }
    void load()
    return () => { wanted = false }
  }, [loadedFor])

  const resources = useMemo(() => (record === undefined ? [] : withPending(record.resources, pending.value)), [record, pending.value])
  const facts = useMemo(() => engines?.factsOf(resources), [engines, resources])
  const own = touched || pending.value.length > 0
  const plan = useMemo(() => (own && engines !== undefined && facts !== undefined ? engines.planOf(facts) : record?.plan), [own, engines, facts, record])

  const send = async (fact: Fact, basedOn: string | undefined): Promise<SaveOutcome> => {
    const outcome = await save(fact, basedOn === undefined ? {} : { basedOn })
    if (outcome.kind === 'saved') {
      setRecord((now) => (now === undefined ? now : { ...now, resources: withResource(now.resources, versioned(outcome.fact, outcome.version)) }))
      setTouched(true)
    } else if (outcome.kind === 'refused') setTrouble({ kind: 'refused', says: outcome.says })
    else if (outcome.kind === 'differs') setTrouble({ kind: 'differs', mine: fact, theirs: outcome.theirs, ...(outcome.theirVersion === undefined ? {} : { theirVersion: outcome.theirVersion }) })
    return outcome
  }
  const write: Child['write'] = async (unsigned, { basedOn } = {}) => {
    const fact = signed(unsigned, session)
    setTrouble(undefined)
    const outcome = await send(fact, basedOn)
    if (outcome.kind === 'notSent' && record !== undefined) pending.set((all) => [...all.filter((each) => keyOf(each.fact) !== keyOf(fact)), { fact, ...(basedOn === undefined ? {} : { basedOn }), at: momentNow(record.plan.on).at }])
    return outcome
  }
  const takeBack: Child['remove'] = async (key) => {
    const outcome = await remove(key, { basedOn: versionOf(findResource(resources, key)) })
    if (outcome === 'removed') {
      setRecord((now) => (now === undefined ? now : { ...now, resources: withoutResource(now.resources, key) }))
      setTouched(true)
    }
    return outcome
  }
  const sending = useRef(false)
  const sendAgain = async (): Promise<void> => {
    if (sending.current) return
    sending.current = true
    for (const { fact, basedOn } of pending.value) {
      const outcome = await send(fact, basedOn)
      if (outcome.kind === 'notSent') break
      pending.set((all) => all.filter((each) => keyOf(each.fact) !== keyOf(fact)))
    }
    sending.current = false
  }
  useEffect(() => { if (connection === 'there' && pending.value.length > 0 && record !== undefined) void sendAgain() }, [connection, record === undefined])

  if (record === undefined || plan === undefined) return { ...failure, reload }
  return { kind: 'here', reload, child: { id, resources, plan, facts, engines, pending: pending.value, trouble, write, remove: takeBack, sendAgain, calm: () => setTrouble(undefined) } }
}

/** What the server wrote into the page, if it is of this child. */
function firstRecord(id: string): ChildRecord | undefined {
  const record = takePageData('child')
  return record?.plan.child === `Patient/${id}` ? record : undefined
}
