/** Stands on every plan, so that it can be computed again later by the same engines. Equal to the package's version (tested). */
export const ENGINE = 'bairn-engines/0.1.0'
