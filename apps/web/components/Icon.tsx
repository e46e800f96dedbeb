/** Line drawings for tools and actions. Always beside a word, or hidden with the word for screen readers; `chevron` turns with the script. */
const PATHS = {
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  search: 'M11 4.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM16 16l4.5 4.5',
  sun: 'M12 7.8a4.2 4.2 0 1 0 0 8.4 4.2 4.2 0 0 0 0-8.4zM12 2.5v2.2M12 19.3v2.2M2.5 12h2.2M19.3 12h2.2M5.3 5.3l1.5 1.5M17.2 17.2l1.5 1.5M18.7 5.3l-1.5 1.5M6.8 17.2l-1.5 1.5',
  globe: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c2.6 2.8 3.8 5.8 3.8 9s-1.2 6.2-3.8 9c-2.6-2.8-3.8-5.8-3.8-9S9.4 5.8 12 3z',
  kept: 'M5 5h14v10.5H5zM2.5 19h19M9.2 10.2l2 2 3.8-4',
  cloudOff: 'M7 18.5a4.2 4.2 0 0 1-.5-8.4 5.8 5.8 0 0 1 1.2-2.6M10.5 6.4a5.8 5.8 0 0 1 7 3.1 4.6 4.6 0 0 1 2.4 7.2M17 18.5H7M4 4l16 16',
  chevron: 'm9 5.5 6.5 6.5L9 18.5',
  down: 'm6 9.5 6 6 6-6',
  check: 'm5.5 12.5 4.2 4.2 8.8-9.4',
  close: 'M6 6l12 12M18 6 6 18',
  print: 'M7 8V3.5h10V8M7 17.5H4.5v-7.5a2 2 0 0 1 2-2h11a2 2 0 0 1 2 2v7.5H17M7 14.5h10v6H7z',
  undo: 'M9 14 4.5 9.5 9 5M4.5 9.5h9a5.5 5.5 0 0 1 0 11H11',
  pencil: 'm4 20 1-4L16 5l3 3L8 19zM13.5 7.5l3 3',
} as const

export type IconName = keyof typeof PATHS

export function Icon({ of, size = 22 }: { readonly of: IconName; readonly size?: number }) {
  return (
    <svg class={of === 'chevron' ? 'flip' : undefined} width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">
      <path d={PATHS[of]} />
    </svg>
  )
}

/** Bairn's mark. */
export function Mark({ size = 26 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 26 26" aria-hidden="true">
      <path d="M21.8 7.2A10.5 10.5 0 1 0 23.5 13" fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round" />
      <circle cx="15.2" cy="14.8" r="4.2" fill="currentColor" />
    </svg>
  )
}
