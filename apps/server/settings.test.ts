/** The settings, and what is refused of them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEFAULT_PORT, isLoopback, parseSettings } from './settings.ts'

for (const { name, environment, home } of [
  { name: 'without any, data lie in ~/.bairn', environment: {}, home: '/home/amina/.bairn' },
  { name: 'XDG_DATA_HOME is used', environment: { XDG_DATA_HOME: '/data' }, home: '/data/bairn' },
  { name: 'a relative XDG_DATA_HOME is not', environment: { XDG_DATA_HOME: 'data' }, home: '/home/amina/.bairn' },
  { name: 'BAIRN_HOME wins, with a space in it', environment: { BAIRN_HOME: '/srv/our clinic', XDG_DATA_HOME: '/data' }, home: '/srv/our clinic' },
  { name: 'an empty BAIRN_HOME is none', environment: { BAIRN_HOME: ' ' }, home: '/home/amina/.bairn' },
]) test(`settings: ${name}`, () => {
  assert.deepEqual(parseSettings(environment, '/home/amina'), { ok: true, settings: { home, host: '127.0.0.1', port: DEFAULT_PORT } })
})

test('settings: the port and a given database', () => {
  assert.deepEqual(parseSettings({ BAIRN_PORT: '8080', DATABASE_URL: 'postgres://u@h/bairn', BAIRN_HOME: '/b' }, '/'), { ok: true, settings: { home: '/b', host: '127.0.0.1', port: 8080, databaseUrl: 'postgres://u@h/bairn' } })
})

for (const { environment, key } of [
  { environment: { BAIRN_PORT: 'http' }, key: 'problem.port' },
  { environment: { BAIRN_PORT: '65536' }, key: 'problem.port' },
  { environment: { BAIRN_PORT: '-1' }, key: 'problem.port' },
  { environment: { BAIRN_HOST: '0.0.0.0' }, key: 'problem.host' },
  { environment: { BAIRN_HOST: '::' }, key: 'problem.host' },
  { environment: { BAIRN_HOST: '192.168.1.7' }, key: 'problem.host' },
  { environment: { DATABASE_URL: 'mysql://h/bairn' }, key: 'problem.databaseUrl' },
]) test(`settings: ${JSON.stringify(environment)} is refused as ${key}`, () => {
  const read = parseSettings(environment, '/')
  assert.deepEqual(read.ok ? [] : read.issues.map(({ text }) => text.key), [key])
})

test('loopback is 127.0.0.0/8, ::1 and localhost, and nothing that looks like it', () => {
  for (const host of ['127.0.0.1', '127.9.8.7', '::1', 'localhost']) assert.equal(isLoopback(host), true, host)
  for (const host of ['127.0.0.1.example.org', '128.0.0.1', 'localhost.example.org', '0.0.0.0', '']) assert.equal(isLoopback(host), false, host)
})
