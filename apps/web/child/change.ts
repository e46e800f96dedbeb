/** Changing or withdrawing an entry: only the version that was on screen, and with who did it, when and why. */
import { provenanceOf } from '@bairn/fhir'
import { newId, save, type Fact } from '../api/save.ts'
import type { Session } from '../contract.ts'
import { momentNow, signed } from './context.ts'
import { keyOf, versionOf, type Resource } from './record.ts'
import type { Child } from './useChild.ts'

/** Did it take, or is it kept here until Bairn is back? */
export async function changeEntry(child: Child, session: Session, { resource, changed, kind, why }: { readonly resource: Resource; readonly changed: Fact; readonly kind: 'corrected' | 'withdrawn'; readonly why: string }): Promise<boolean> {
  const now = momentNow(child.plan.on)
  const version = versionOf(resource)
  const outcome = await child.write(signed(changed, session), { basedOn: version })
  if (outcome.kind === 'notSent') return true
  if (outcome.kind !== 'saved') return false
  if (session.user !== undefined) {
    await save(provenanceOf({ id: newId(), of: keyOf(resource), kind, recorded: now.instant, by: `Practitioner/${session.user.practitioner}`, ...(version === undefined ? {} : { version }), ...(why === '' ? {} : { why }) }))
  }
  return true
}
