/**
 * `bairn start`: starts the server, says in a few lines what it did and where things lie, and opens the page on a desktop.
 * It never asks in the terminal. The one-time link stands alone on its line and is the last address printed.
 */
import { parseSettings, Refused, startServer, type Running } from '@bairn/server'
import { spawn } from 'node:child_process'
import { homedir } from 'node:os'
import process from 'node:process'
import type { Terminal } from '../terminal.ts'

export interface StartCommand { readonly terminal: Terminal; readonly open: boolean }

/** After this long a stop that hangs is ended the hard way; nothing acknowledged is lost by it. */
const STOP_MS = 9000

/** Runs until it is stopped. Resolves to the exit code. */
export async function runStart({ terminal, open }: StartCommand): Promise<number> {
  const { words, stdout, complain } = terminal
  const read = parseSettings(process.env, homedir())
  if (!read.ok) {
    complain(read.issues)
    return 1
  }
  const { settings } = read
  const ending = endOnSignal()
  stdout.write(`${words({ key: 'cli.start.starting', params: { home: { text: settings.home } } })}\n`)
  let running: Running
  try {
    running = await startServer(settings)
  } catch (found) {
    if (!(found instanceof Refused)) throw found
    complain(found.issues)
    return 1
  }
  if (!ending.asked()) {
    if (running.moved) stdout.write(`${words({ key: 'cli.start.moved', params: { folder: { text: running.folder ?? '' } } })}\n`)
    stdout.write(`${words({ key: 'cli.start.ready' })}\n\n${running.link}\n\n${words({ key: 'cli.start.once' })}\n`)
    if (open && isDesktop()) openBrowser(running.link)
  }
  await ending.signal
  stdout.write(`${words({ key: 'cli.start.stopping' })}\n`)
  await running.stop()
  stdout.write(`${words({ key: 'cli.start.stopped' })}\n`)
  return 0
}

/** Ctrl-C and kill arrive here, also while the start is under way; a second one changes nothing. */
function endOnSignal(): { readonly asked: () => boolean; readonly signal: Promise<void> } {
  let asked = false
  const signal = new Promise<void>((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => {
      if (asked) return
      asked = true
      setTimeout(() => process.exit(1), STOP_MS).unref()
      resolve()
    })
  })
  return { asked: () => asked, signal }
}

/** A screen, and a person before it. */
function isDesktop(): boolean {
  const screen = process.platform === 'darwin' || process.platform === 'win32' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'])
  return screen && process.stdout.isTTY && process.env['CI'] === undefined && process.env['SSH_CONNECTION'] === undefined
}

function openBrowser(link: string): void {
  const [command, ...args] = process.platform === 'darwin' ? ['open', link] : process.platform === 'win32' ? ['cmd', '/c', 'start', '', link] : ['xdg-open', link]
  // Without a browser the link is on the screen.
  const child = spawn(command as string, args, { stdio: 'ignore', detached: true })
  child.on('error', () => undefined)
  child.unref()
}
