/** What this project uses of @lhncbc/ucum-lhc, which ships no types. */
declare module '@lhncbc/ucum-lhc' {
  const ucum: { readonly UcumLhcUtils: { getInstance(): { convertUnitTo(from: string, value: number, to: string): { readonly status: string; readonly toVal: number | null } } } }
  export default ucum
}
