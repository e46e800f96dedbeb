/** What people call an edition, in their language. Pure. */
import type { EditionHead, Message } from './answer.ts'

/**
 * A schedule that a country reported is called by the country and the year, every other edition as the catalogue calls it by its id; one that
 * the catalogue does not know keeps the title that it came with.
 */
export const editionTitle = ({ id, title, country, reportedYear }: Pick<EditionHead, 'id' | 'title' | 'country' | 'reportedYear'>): Message => ({
  key: 'edition.title',
  params: {
    edition: { code: id.replaceAll(/[^a-z0-9]/g, '') }, reported: { code: reportedYear === undefined ? 'no' : 'yes' },
    country: { country }, year: { text: String(reportedYear ?? '') }, title: { text: title },
  },
})
