import { z } from 'zod'
import { WARNING } from './warning.ts'
import { exit, type Widget } from './widget.ts'

/** Stands in for a type that is not known here: leaves by the first exit that reads like a failure, else the walk ends (decisions, "Unknown or retired widget types"). */
export function unsupported(type: string, transitions: readonly { readonly event: string }[]): Widget {
  const failure = transitions.find(({ event }) => /fail|error/i.test(event))?.event
  const message = `widgets of the type ${JSON.stringify(type)} cannot run here; ${failure ? `left by ${JSON.stringify(failure)}` : 'the walk ends'}`
  return {
    type,
    library: { title: type, group: 'Tools', exits: {}, retired: true },
    summary: 'Stands in for a type that cannot run here.',
    needs: 'anything',
    exits: transitions.map(({ event }) => event),
    properties: z.unknown(),
    enter: () => exit(failure ?? 'unsupported', { warnings: [{ code: WARNING.unsupported, message }] }),
  }
}
