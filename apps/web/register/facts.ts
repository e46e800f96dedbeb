/** From the form to FHIR resources, by the record's own mapping: the child first, then the mother, who refers to it. */
import { patientToFhir, type RegisteredBirth } from '@bairn/fhir'
import type { Day } from '@bairn/quantities'
import type { Fact } from '../api/save.ts'
import { howMany, readBirth, type RegisterForm } from './model.ts'

/**
 * Of a form in which nothing is missing (`missingOf`).
 * @param temporaryName "Baby of Grace" in the page's language: stands until the child is named
 */
export function factsOf(form: RegisterForm, { today, temporaryName }: { readonly today: Day; readonly temporaryName: string }): readonly Fact[] {
  const mother = form.mother.trim()
  return patientToFhir({
    id: form.childId,
    name: form.called === 'name' ? { text: form.name.trim() } : { text: temporaryName, temporary: true },
    ...(form.sex === 'female' || form.sex === 'male' ? { sex: form.sex } : {}),
    birth: bornOf(form, today),
    ...(howMany(form) === 1 ? {} : { multipleBirth: { order: form.order } }),
    ...(mother === '' ? {} : { mother: { id: form.motherId, name: mother } }),
    ...textOf('phone', form.phone), ...textOf('cardNumber', form.card), ...textOf('village', form.village),
  })
}

/** When the child was born, as the record writes it. */
export function bornOf(form: RegisterForm, today: Day): Exclude<RegisteredBirth, { kind: 'partial' }> {
  const birth = readBirth(form, today)
  if (birth.kind === 'exact') return birth
  if (birth.kind === 'about') return { kind: 'estimated', day: birth.day, earliest: birth.earliest, latest: birth.latest }
  return { kind: 'unknown' }
}

const textOf = <K extends string>(name: K, text: string): Partial<Record<K, string>> => (text.trim() === '' ? {} : { [name]: text.trim() } as Record<K, string>)
