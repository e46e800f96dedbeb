/** The six invented clinics of the sample children: where, in which language, by whom, in which zone. Nobody here exists. */
export interface SamplePlace {
  readonly id: string
  readonly country: string
  readonly name: string
  readonly worker: string
  readonly language: string
  /** offset of the clinic's clock */
  readonly zone: string
}

export const PLACES = {
  kenya: { id: 'ahero', country: 'KE', name: 'Ahero Health Centre', worker: 'Grace Wanjala', language: 'sw', zone: '+03:00' },
  niger: { id: 'mirriah', country: 'NE', name: 'Centre de santé de Mirriah', worker: 'Aïchatou Maman', language: 'ha', zone: '+01:00' },
  bangladesh: { id: 'ulipur', country: 'BD', name: 'Ulipur Community Clinic', worker: 'Farhana Yasmin', language: 'bn', zone: '+06:00' },
  jordan: { id: 'mafraq', country: 'JO', name: 'مركز صحي المفرق', worker: 'رنا الزعبي', language: 'ar', zone: '+03:00' },
  peru: { id: 'huancane', country: 'PE', name: 'Puesto de Salud Huancané', worker: 'Rosa Condori', language: 'es', zone: '-05:00' },
  ukraine: { id: 'dykanka', country: 'UA', name: 'Dykanka Family Clinic', worker: 'Oksana Melnyk', language: 'uk', zone: '+02:00' },
} as const satisfies Readonly<Record<string, SamplePlace>>
export type PlaceName = keyof typeof PLACES
