import { useSyncExternalStore } from 'react'
import { hashOf, type Route, routeOf } from './route.ts'

/** The page that the address names, as it changes. */
export function useRoute(): Route {
  return routeOf(useSyncExternalStore(onHashChange, () => followed))
}

/** Tells in the address what is shown, without a page of its own in the browser's history. */
export function noteIn(route: Route): void {
  if (hashOf(route) === location.hash) return
  history.replaceState(history.state, '', hashOf(route))
  dispatchEvent(new HashChangeEvent('hashchange'))
}

/** Has somebody asked before the page goes to another place; gives back what ends that. */
export function onLeaving(ask: (to: Route) => boolean): () => void {
  mayGo = ask
  return () => {
    mayGo = () => true
  }
}

let mayGo = (_to: Route) => true

/** Where the page is: not the address itself, which is ahead of it while somebody is asked. */
let followed = location.hash

function onHashChange(changed: () => void): () => void {
  const follow = ({ oldURL }: Pick<HashChangeEvent, 'oldURL'>) => {
    const isNoted = oldURL === '' // by the page itself, which goes nowhere
    if (!isNoted && !mayGo(routeOf(location.hash))) return location.assign(oldURL)
    followed = location.hash
    changed()
  }
  follow({ oldURL: '' })
  addEventListener('hashchange', follow)
  return () => removeEventListener('hashchange', follow)
}
