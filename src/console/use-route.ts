import { useSyncExternalStore } from 'react'
import { hashOf, type Route, routeOf } from './route.ts'

/** The page that the address names, as it changes. */
export function useRoute(): Route {
  return routeOf(useSyncExternalStore(onHashChange, () => location.hash))
}

/** Tells in the address what is shown, without a page of its own in the browser's history. */
export function noteIn(route: Route): void {
  if (hashOf(route) === location.hash) return
  history.replaceState(history.state, '', hashOf(route))
  dispatchEvent(new HashChangeEvent('hashchange'))
}

function onHashChange(changed: () => void): () => void {
  addEventListener('hashchange', changed)
  return () => removeEventListener('hashchange', changed)
}
