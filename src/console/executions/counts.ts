import type { JsonObject } from '../../flow/record.ts'
import { type Exit, exitsOf } from '../../picture/exits.ts'
import type { TransitionCount } from '../ask/flows.ts'
import { edgeId } from '../canvas/path.ts'
import type { Catalogue } from '../document/catalogue.ts'
import { placedIn } from '../document/placed.ts'

/** How many executions took each connection of a flow, by the edge that draws it. A branch that has another place in this revision than it had counts for the first one that leads to the same widget. */
export function countsByEdge(
  counts: readonly TransitionCount[],
  definition: JsonObject,
  catalogue: Catalogue,
): ReadonlyMap<string, number> {
  const placed = placedIn(definition).map((one) => ({ id: one.id, name: one.name, exits: exitsOf(one, catalogue) }))
  const edges = new Map<string, number>(placed.flatMap(({ id, exits }) => exits.map(({ key }) => [edgeId(id, key), 0])))
  const widgets = new Map(placed.map((widget) => [widget.name, widget]))
  for (const counted of counts) {
    const widget = widgets.get(counted.from)
    const exit = widget && exitOf(counted, widget.exits)
    if (!exit) continue // this revision has no such connection
    const edge = edgeId(widget.id, exit.key)
    edges.set(edge, (edges.get(edge) ?? 0) + (counted.executions ?? counted.count))
  }
  return edges
}

function exitOf({ event, to, transition }: TransitionCount, exits: readonly Exit[]): Exit | undefined {
  const alike = exits.filter((exit) => exit.event === event && exit.next === to)
  return alike.find(({ key }) => key === String(transition)) ?? alike[0]
}
