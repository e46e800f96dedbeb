/** The window's title: what the screen shows, then the program. */
import { useEffect } from 'preact/hooks'

export function useTitle(title: string): void {
  useEffect(() => { document.title = `${title}, Bairn` }, [title])
}
