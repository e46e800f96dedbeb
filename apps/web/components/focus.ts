/** Where the keyboard goes once a change stands on the page. */
import { useLayoutEffect, useState } from 'preact/hooks'

type Find = () => HTMLElement | null | undefined

/**
 * Focus what `find` finds as soon as the next render stands: with the render, not a frame after it, so that a key
 * pressed at once already lands there. Call it beside the state that changes the page.
 */
export function useFocusAfter(): (find: Find) => void {
  const [wanted, setWanted] = useState<{ readonly find: Find }>()
  useLayoutEffect(() => wanted?.find()?.focus(), [wanted])
  return (find) => setWanted({ find })
}
