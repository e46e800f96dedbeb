/**
 * What commander refuses, as one sentence of ours: what is wrong, and which help shows it right. Commander names what it met only
 * inside its English sentence, so the quoted parts are read from there; a test holds each form.
 */
import type { Message, MessageParam } from '@bairn/reasoning'
import type { CommanderError } from 'commander'

/** @param command the words before the arguments: 'bairn import' */
export function wrongUse({ code, message }: CommanderError, command: string): Message {
  const [one = '', two = ''] = quoted(message)
  const say = (name: string, params: Readonly<Record<string, MessageParam>> = {}): Message => ({ key: `cli.wrong.${name}`, params: { ...params, help: { text: `${command} --help` } } })
  const guess = { text: /\(Did you mean (?:one of )?(.+?)\?\)/.exec(message)?.[1] ?? 'none' }
  switch (code) {
    case 'commander.unknownCommand': return say('command', { given: { text: one }, guess })
    case 'commander.unknownOption': return say('option', { given: { text: one }, guess })
    case 'commander.missingArgument': return say('missing', { name: { text: one } })
    case 'commander.optionMissingArgument': return say('noValue', { option: { text: flag(one) } })
    case 'commander.invalidArgument': return say('value', { option: { text: flag(one) }, given: { text: two } })
    case 'commander.conflictingOption': return say('conflict', { one: { text: flag(one) }, other: { text: flag(two) } })
    default: return say('tooMany')
  }
}

/** What stands between the quotation marks; a mark inside a word (l'an) ends nothing. */
const quoted = (text: string): readonly string[] => [...text.matchAll(/(?<=^|\s)'(.*?)'(?=[\s.]|$)/gs)].map((match) => match[1] as string)

/** '--on <DATE>' is written --on. */
const flag = (flags: string): string => flags.split(' ')[0] as string
