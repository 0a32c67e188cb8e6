import { afterEach, expect, test, vi } from 'vitest'
import { type Stage, stage } from './stage.ts'

const QUESTION = 'How happy are you with us? Please reply with a number from 1 (not at all) to 5 (very).'
const NO_NUMBER = 'Sorry, that is not a number from 1 to 5.'

afterEach(() => void vi.useRealTimers())

test('a happy contact is thanked for the score', async () => {
  const { texter, execution } = await stage('survey')
  await texts(texter, 'hi', '4')
  expect(bodies(texter)).toEqual([QUESTION, 'Thank you for your score of 4!'])
  expect(await execution()).toMatchObject({ status: 'ended', frames: [{ variables: { score: '4' } }] })
})

test('an unhappy contact is asked what went wrong, and the comment is kept', async () => {
  const { texter, execution } = await stage('survey')
  await texts(texter, 'hi', ' 2 ', 'the coffee was cold')
  const comfort = ['We are sorry to hear that. What went wrong?', 'Thank you for telling us. We will do better.']
  expect(bodies(texter)).toEqual([QUESTION, ...comfort])
  expect(await execution()).toMatchObject({ frames: [{ variables: { score: '2', comment: 'the coffee was cold' } }] })
})

test('an answer that is no score is explained and asked for again', async () => {
  const { texter } = await stage('survey')
  await texts(texter, 'hi', 'splendid', '5')
  expect(bodies(texter)).toEqual([QUESTION, NO_NUMBER, QUESTION, 'Thank you for your score of 5!'])
})

test('the survey stops after three answers that are no score', async () => {
  const { texter, execution } = await stage('survey')
  await texts(texter, 'hi', '6', '0', 'seven')
  expect(bodies(texter).at(-1)).toBe('We cannot read your answers, so we stop here. Thank you for trying.')
  expect((await execution()).status).toBe('ended')
})

test('a question that cannot be delivered ends the survey', async () => {
  const { texter, execution } = await stage('survey')
  await texter.text('hi')
  await texter.report(texter.received[0]?.statusCallback ?? '', 'undelivered', { ErrorCode: '30003' })
  expect((await execution()).status).toBe('ended')
})

test('a contact who does not answer within an hour is told that the survey is closed', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  const sent: (string | undefined)[] = []
  const sendMessage = async ({ body }: { readonly body?: string | undefined }) => {
    sent.push(body)
    return { ok: true, message: {} } as const
  }
  const { texter, execution } = await stage('survey', { channel: { sendMessage } })
  await texter.text('hi')
  await vi.advanceTimersByTimeAsync(3_601_000)
  await vi.waitFor(() =>
    expect(sent).toEqual(['We have not heard from you, so the survey is closed. Text us to start it again.']),
  )
  expect((await execution()).status).toBe('ended')
})

async function texts(texter: Stage['texter'], ...messages: readonly string[]): Promise<void> {
  for (const message of messages) await texter.text(message)
}

function bodies(texter: Stage['texter']): string[] {
  return texter.received.map(({ body }) => body)
}
