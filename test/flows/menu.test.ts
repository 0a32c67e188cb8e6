import { expect, test } from 'vitest'
import { stage } from './stage.ts'

const MENU = 'For our opening hours, press 1. To leave a message, press 2.'
const GREETING = `Hello, and thank you for calling. ${MENU}`
const SORRY = 'Sorry, I did not get that.'
const GOODBYE = 'Thank you for calling. Goodbye.'

test('a caller who presses 1 hears the opening hours', async () => {
  const { call } = await stage('menu')
  await call.tell({ do: 'press', keys: '1' })
  expect(call.heard).toEqual([GREETING, 'We are open from Monday to Friday, from nine to five.', GOODBYE])
})

test('a caller who presses 2 leaves a message, which the flow keeps', async () => {
  const { call, execution } = await stage('menu')
  await call.tell({ do: 'press', keys: '2' }, { do: 'record', seconds: 8, key: '#' })
  expect(call.heard.slice(-2)).toEqual(['Thank you. We will call you back.', GOODBYE])
  expect((await execution()).frames[0]?.widgets.voicemail).toMatchObject({ RecordingDuration: '8', Digits: '#' })
})

test('a caller who hangs up after the message has left one all the same', async () => {
  const { call, execution, path } = await stage('menu')
  await call.tell({ do: 'press', keys: '2' }, { do: 'hang-up' })
  expect(await execution()).toMatchObject({
    status: 'ended',
    frames: [{ widgets: { voicemail: { Digits: 'hangup' } } }],
  })
  expect((await path()).at(-1)).toBe('voicemail')
})

test('a caller who says nothing after the tone is told so', async () => {
  const { call } = await stage('menu')
  await call.tell({ do: 'press', keys: '2' }, { do: 'listen' })
  expect(call.heard.slice(-2)).toEqual(['We did not hear a message.', GOODBYE])
})

test('a wrong key and silence ask again', async () => {
  const { call } = await stage('menu')
  await call.tell({ do: 'press', keys: '7' }, { do: 'listen' }, { do: 'press', keys: '1' })
  expect(call.heard).toEqual([GREETING, SORRY, MENU, SORRY, MENU, expect.stringContaining('open'), GOODBYE])
})

test('a caller who never presses anything is asked three times and then sent off', async () => {
  const { call, execution } = await stage('menu')
  await call.tell()
  expect(call.heard).toEqual([GREETING, SORRY, MENU, SORRY, MENU, GOODBYE])
  expect(await execution()).toMatchObject({ status: 'ended', endedReason: 'FLOW_END' })
})

test('a caller who hangs up at the menu ends the execution', async () => {
  const { call, execution } = await stage('menu')
  await call.tell({ do: 'hang-up' })
  expect(await execution()).toMatchObject({ status: 'ended', endedReason: 'HANGUP' })
})
