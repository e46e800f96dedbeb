/** The list by keyboard: `/` to the search, arrows between search and rows, Enter in the search opens the first row, Escape empties it. */
interface ListParts { readonly search: { readonly current: HTMLInputElement | null }; readonly rows: { readonly current: HTMLElement | null } }

/** Listens until the returned function is called. */
export function listKeys({ search, rows }: ListParts): () => void {
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    const field = search.current
    const target = event.target as HTMLElement
    const typing = target.matches('input, textarea, select')
    if (event.key === '/' && !typing) {
      event.preventDefault()
      field?.focus()
      field?.select()
      return
    }
    const links = [...(rows.current?.querySelectorAll<HTMLAnchorElement>('a.row') ?? [])]
    if (target === field) {
      if (event.key === 'ArrowDown') go(links[0], event)
      if (event.key === 'Enter') links[0]?.click()
      return
    }
    const at = links.indexOf(target as HTMLAnchorElement)
    if (typing || (at === -1 && target !== document.body)) return
    if (event.key === 'ArrowDown') go(links[at + 1], event)
    if (event.key === 'ArrowUp') go(at <= 0 ? field ?? undefined : links[at - 1], event)
    if (at !== -1 && event.key === 'Home') go(links[0], event)
    if (at !== -1 && event.key === 'End') go(links.at(-1), event)
  }
  document.addEventListener('keydown', press)
  return () => document.removeEventListener('keydown', press)
}

function go(to: HTMLElement | undefined, event: KeyboardEvent): void {
  if (to === undefined) return
  event.preventDefault()
  to.focus()
}
