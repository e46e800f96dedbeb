/** An Issue of this area, by the name of its sentence; its code is R4's issue type. */
import type { Issue, MessageParam } from '@bairn/reasoning'

export const forecastIssue = (key: string, severity: Issue['severity'], where: string, params: Readonly<Record<string, MessageParam>> = {}): Issue =>
  ({ code: severity === 'error' ? 'invalid' : 'business-rule', severity, where, text: { key: `immunization.request.${key}`, params: { where: { text: where }, ...params } } })

export type Report = (key: string, severity: Issue['severity'], where: string, params?: Readonly<Record<string, MessageParam>>) => void
