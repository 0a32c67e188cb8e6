import type { News } from '../store/news.ts'
import type { Store } from '../store/store.ts'

/** The same store, which tells of every flow that it changes. */
export function tellingOfFlows(store: Store, tell: (news: News) => void): Store {
  const told = async <T>(sid: string, change: Promise<T>): Promise<T> => {
    const outcome = await change
    tell({ kind: 'flow', sid })
    return outcome
  }
  return {
    ...store,
    saveRevision: (draft) => told(draft.sid, store.saveRevision(draft)),
    addRevision: (draft) => told(draft.sid, store.addRevision(draft)),
    removeFlow: (sid) => told(sid, store.removeFlow(sid)),
    setTestUsers: (sid, contacts) => told(sid, store.setTestUsers(sid, contacts)),
  }
}
