/** `npm run editions`: compiles every edition that has sources. The result is committed; a test compiles it again and compares. */
import { writeCdsi } from './cdsi.ts'
import { writeCodes } from './codes.ts'
import { writeGrowth } from './growth.ts'
import { writeListing } from './listing.ts'
import { writeNationals } from './national/index.ts'
import { writeReference } from './reference.ts'
import { writeWho } from './who/index.ts'

writeGrowth()
writeCdsi()
writeWho()
writeCodes()
writeNationals()
writeReference()
writeListing()
// It loads what was just written.
const { writeEditionsDoc } = await import('./docs.ts')
await writeEditionsDoc()
