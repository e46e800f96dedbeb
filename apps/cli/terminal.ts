/**
 * What every command shares about the terminal: its language, its words, colour only where somebody looks, progress on standard error.
 */
import { formatMessage, isLanguage, loadMessages, type Language } from '@bairn/knowledge'
import type { Issue, Message } from '@bairn/reasoning'
import type { Writable } from 'node:stream'
import { styleText } from 'node:util'

type Screen = Writable & { readonly isTTY?: boolean }
export interface Terminal {
  readonly language: Language
  readonly stdout: Screen
  readonly stderr: Screen
  readonly words: (message: Message) => string
  /** one line on standard error */
  readonly tell: (message: Message) => void
  /** what went wrong, a line each, on standard error */
  readonly complain: (issues: readonly Issue[]) => void
}

/** What follows --lang among the words of a command, read before they are parsed: help and refusals are in that language too. */
export function askedLanguage(words: readonly string[]): string | undefined {
  const at = words.findIndex((word) => word === '--lang' || word.startsWith('--lang='))
  const given = words[at]?.includes('=') === true ? words[at].slice('--lang='.length) : words[at + 1]
  return at !== -1 && given !== undefined && isLanguage(given) ? given : undefined
}

/** The language asked for, else the one of the terminal (LC_ALL, LC_MESSAGES, LANG), else English. */
export function languageOf(asked: string | undefined, environment: NodeJS.ProcessEnv): Language {
  const given = asked ?? environment['LC_ALL'] ?? environment['LC_MESSAGES'] ?? environment['LANG'] ?? ''
  const language = given.slice(0, 2).toLowerCase()
  return isLanguage(language) ? language : 'en'
}

export async function openTerminal(language: Language): Promise<Terminal> {
  await loadMessages(language)
  const { stdout, stderr } = process
  const words = (message: Message): string => formatMessage(message, language)
  const red = (text: string): string => styleText('red', text, { stream: stderr, validateStream: true })
  return {
    language, stdout, stderr, words,
    tell: (message) => { stderr.write(`${words(message)}\n`) },
    complain: (issues) => { for (const { text } of issues) stderr.write(`${red(words(text))}\n`) },
  }
}

/** A line that is written over on a terminal, and now and then a line elsewhere. */
export interface Progress { readonly show: (message: Message) => void; readonly end: () => void }
const EVERY_MS = 5000

export function startProgress({ stderr, words }: Terminal): Progress {
  let last = Date.now()
  let shown = false
  return {
    show(message) {
      const now = Date.now()
      if (now - last < (stderr.isTTY === true ? 100 : EVERY_MS)) return
      last = now
      stderr.write(stderr.isTTY === true ? `\r\u001b[2K${words(message)}` : `${words(message)}\n`)
      shown = stderr.isTTY === true
    },
    end() {
      if (shown) stderr.write('\r\u001b[2K')
      shown = false
    },
  }
}
