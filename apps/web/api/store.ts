/** A value outside the components, read inside them: what React calls useSyncExternalStore, without its compat layer. */
import { useEffect, useState } from 'preact/hooks'

/** @param subscribe must be the same function at each call */
export function useSyncExternalStore<T>(subscribe: (listener: () => void) => () => void, read: () => T): T {
  const [value, set] = useState(read)
  useEffect(() => {
    const update = (): void => set(() => read())
    update()
    return subscribe(update)
    // `read` is a new function at each drawing; only the store it reads matters.
  }, [subscribe])
  return value
}
