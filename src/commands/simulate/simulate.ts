import { access, constants, writeFile } from 'node:fs/promises'
import { dirname, relative, resolve } from 'node:path'
import { InvalidArgumentError } from 'commander'
import { act, NoCall } from '../../simulator/people/act.ts'
import { NotTaken } from '../../simulator/people/person.ts'
import { paintFor } from '../paint.ts'
import { converse } from './interactive.ts'
import type { Wish } from './options.ts'
import { openScene, type Scene, settingsFrom } from './scene.ts'
import { Screen } from './screen.ts'
import { Summary } from './summary.ts'
import type { Terminal } from './terminal.ts'
import { Transcript } from './transcript.ts'

/** Plays a phone, scripted or by hand, and shows what is heard; answers the exit code: 1 when something went wrong. */
export async function simulate(wish: Wish, terminal: Terminal): Promise<number> {
  if (wish.record !== undefined) await demandPlaceFor(wish.record)
  const scene = await openScene(wish)
  try {
    const summary = new Summary(scene)
    const screen = new Screen(terminal.output)
    const hide = wish.json ? () => {} : show({ wish, scene, terminal, screen })
    const trouble = await play({ wish, scene, terminal, screen })
    await scene.time.settle()
    hide() // whoever leaves hangs up, which comes after the end of the story
    if (wish.json) terminal.output.write(`${JSON.stringify(summary.json(trouble), null, 2)}\n`)
    else terminal.output.write(`\n${summary.text(trouble)}\n`)
    if (wish.record !== undefined) await keep(wish.record, wish, summary)
    return trouble !== undefined || summary.givenUp.length > 0 ? 1 : 0
  } finally {
    await scene.close()
  }
}

/** Refuses a file that cannot be written before anything is played: otherwise what was played by hand would be lost. */
async function demandPlaceFor(file: string): Promise<void> {
  const folder = dirname(resolve(file))
  await access(folder, constants.W_OK).catch(() => {
    throw new InvalidArgumentError(`--record ${file}: there is no folder ${folder} in which a file can be written`)
  })
  if (await isThere(file))
    throw new InvalidArgumentError(`--record ${file}: there is such a file already; expected the path of a new one`)
}

function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}

/** Writes a scenario of what happened. */
async function keep(file: string, { flow = '' }: Wish, summary: Summary): Promise<void> {
  const path = relative(dirname(resolve(file)), resolve(flow))
  await writeFile(file, summary.scenario(path, settingsFrom(process.env)))
}

interface Playing {
  readonly wish: Wish
  readonly scene: Scene
  readonly terminal: Terminal
  readonly screen: Screen
}

/** Shows what happens from now on, until it is hidden again. */
function show({ wish, scene, terminal, screen }: Playing): () => void {
  const transcript = new Transcript((line) => screen.line(line), {
    shown: wish,
    paint: paintFor(terminal.output),
    startedAt: scene.time.clock.now(),
    own: wish.from,
  })
  screen.line(scene.title)
  if (isByHand(wish, terminal)) screen.line('/help tells what can be typed.')
  screen.line('')
  const ends = [
    scene.network.watch((happening) => transcript.add(happening)),
    scene.onMove((move) => transcript.addMove(move)),
  ]
  return () => {
    for (const end of ends) end()
  }
}

/** Begins and does what was asked for; answers what could not be done. */
async function play({ wish, scene, terminal, screen }: Playing): Promise<string | undefined> {
  await scene.begin()
  if (isByHand(wish, terminal)) return converse(scene, terminal, screen)
  try {
    for (const next of wish.acts) await act(next, scene)
  } catch (error) {
    if (error instanceof NotTaken || error instanceof NoCall) return error.message
    throw error
  }
  await hearTheRest(scene)
  return undefined
}

function isByHand({ acts, begins, json }: Wish, { input }: Terminal): boolean {
  const isScript = acts.length > 0 || (begins?.kind === 'text' && begins.body !== undefined)
  return !isScript && !json && input.isTTY === true
}

/** Listens on in silence once there is nothing left to say, and hangs up where the flow asks again and again. */
async function hearTheRest({ caller }: Scene): Promise<void> {
  for (let silences = 0; silences < PATIENCE; silences += 1) {
    if (!(await caller?.listen())) return
    await caller?.beSilent()
  }
  if (await caller?.listen()) await caller?.hangUp()
}

/** More than any menu asks before it gives up by itself; one that never does would go on for the four hours of a call. */
const PATIENCE = 10
