/** What the server calls itself, in metadata, metrics and /health. Equal to the package's version (tested). */
export const VERSION = '0.1.0'
