import { stop } from '../contender.ts'
import { figuresOf } from '../figures.ts'
import { LOOP } from '../flow.ts'
import type { Options } from '../options.ts'
import { newFolder, putFlows, startOurs } from '../ours.ts'
import type { Report } from '../report.ts'

/** The CPU of a step in a flow with 1,000 widgets against one in a flow with 10. */
export async function flowSize(options: Options): Promise<Report> {
  const contenders = [await startOurs(folderWith(10)), await startOurs(folderWith(1_000))]
  const [small, large] = await figuresOf(contenders, options)
  await Promise.all(contenders.map(stop))
  if (!small || !large) return {}
  return {
    rows: [
      {
        what: 'a flow with 1,000 widgets instead of 10, CPU of a step',
        target: { atMost: 1.2 },
        found: large.cpu / small.cpu,
        detail: `${large.cpu.toFixed(0)} of ${small.cpu.toFixed(0)} µs`,
      },
    ],
  }
}

function folderWith(widgets: number): string {
  const folder = newFolder()
  const more = Array.from({ length: widgets - LOOP.states.length }, (_, index) => spare(`spare_${index}`))
  putFlows(folder, { loop: { ...LOOP, states: [...LOOP.states, ...more] } })
  return folder
}

function spare(name: string) {
  const properties = { say: 'You pressed {{widgets.ask.Digits}}' }
  return { name, type: 'say-play', properties, transitions: [{ event: 'audioComplete', next: 'ask' }] }
}
