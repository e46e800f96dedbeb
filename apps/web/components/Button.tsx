/**
 * Buttons and links that look like them. One primary on a screen. A button that cannot work yet stays a button and says why when pressed.
 */
import type { ComponentChildren, Ref } from 'preact'
import { Icon, type IconName } from './Icon.tsx'

type ButtonKind = 'plain' | 'primary' | 'quiet'
interface Look { readonly kind?: ButtonKind; readonly big?: boolean; readonly icon?: IconName; readonly class?: string; readonly children: ComponentChildren }

interface ButtonProps extends Look {
  readonly type?: 'button' | 'submit'
  readonly onClick?: (event: MouseEvent) => void
  readonly id?: string
  readonly name?: string
  readonly value?: string
  readonly title?: string
  readonly form?: string
  readonly ref?: Ref<HTMLButtonElement>
  readonly 'aria-label'?: string
  readonly 'aria-busy'?: boolean
  readonly 'aria-pressed'?: boolean
  readonly 'aria-expanded'?: boolean
  readonly 'aria-controls'?: string
  readonly 'aria-describedby'?: string
}
interface ButtonLinkProps extends Look {
  readonly href: string
  readonly id?: string
  readonly 'aria-label'?: string
}

export function Button({ kind = 'plain', big = false, icon, class: extra, children, type = 'button', ...rest }: ButtonProps) {
  return <button type={type} class={look(kind, big, extra)} {...rest}>{icon === undefined ? null : <Icon of={icon} />}{children}</button>
}

export function ButtonLink({ kind = 'plain', big = false, icon, class: extra, children, ...rest }: ButtonLinkProps) {
  return <a class={look(kind, big, extra)} {...rest}>{icon === undefined ? null : <Icon of={icon} />}{children}</a>
}

const look = (kind: ButtonKind, big: boolean, extra: string | undefined): string =>
  ['btn', kind === 'plain' ? '' : kind, big ? 'big' : '', extra ?? ''].filter(Boolean).join(' ')
