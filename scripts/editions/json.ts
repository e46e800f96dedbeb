/** How every compiled file is written, so that a difference is read line by line; and rows without what is not there. */
export const lines = (rows: Readonly<Record<string, unknown>>): string => `{\n${Object.entries(rows).map(([key, row]) => `${JSON.stringify(key)}:${JSON.stringify(row)}`).join(',\n')}}`
export const rows = (list: readonly unknown[]): string => `[\n${list.map((row) => JSON.stringify(row)).join(',\n')}]`

/** `undefined` members and empty lists go; so an absent element is absent. */
export const given = <T extends object>(row: { readonly [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0))) as T
