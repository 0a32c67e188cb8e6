/** A page of the console and what it shows; all of it is in the address, so that every state has a link. */
export type Route = { readonly page: 'flows' } | { readonly page: 'connect' } | FlowRoute

/** A page of one flow. */
export interface FlowRoute {
  readonly page: 'flow'
  readonly flow: string
  readonly view: FlowView
  /** The selected widgets. */
  readonly selection: readonly string[]
  /** An execution's sid, or a revision's number, where the view shows one. */
  readonly item: string | undefined
  /** A step of the execution, from 1. */
  readonly step: number | undefined
}

export const FLOW_VIEWS = ['canvas', 'executions', 'revisions', 'settings'] as const

/** What the bar at the left chooses from. */
export type FlowView = (typeof FLOW_VIEWS)[number]

/** The page that the part of an address after `#` names; the list of flows where it names none. */
export function routeOf(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split('?', 2)
  const [page, flow, view, item] = path.split('/').map(decoded)
  if (page === 'connect') return { page }
  if (page !== 'flows' || !flow) return { page: 'flows' }
  const parameters = new URLSearchParams(query)
  const step = Number(parameters.get('step'))
  return {
    page: 'flow',
    flow,
    view: FLOW_VIEWS.find((known) => known === view) ?? 'canvas',
    selection: parameters.getAll('sel'),
    item: item || undefined,
    step: Number.isSafeInteger(step) && step > 0 ? step : undefined,
  }
}

/** The address of a page. */
export function hashOf(route: Route): string {
  if (route.page !== 'flow') return `#/${route.page}`
  const { flow, view, item, selection, step } = route
  const query = new URLSearchParams(selection.map((id): [string, string] => ['sel', id]))
  if (step !== undefined) query.set('step', String(step))
  const path = ['flows', flow, view, ...(item === undefined ? [] : [item])].map(encodeURIComponent).join('/')
  return query.size > 0 ? `#/${path}?${query}` : `#/${path}`
}

/** The address of a view of a flow. */
export function flowHash(flow: string, view: FlowView = 'canvas', item?: string): string {
  return hashOf({ page: 'flow', flow, view, item, selection: [], step: undefined })
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part // typed by hand
  }
}
