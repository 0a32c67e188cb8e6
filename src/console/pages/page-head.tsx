import type { ReactNode } from 'react'
import { signOut } from '../ask/session.ts'
import { useSession } from '../session.ts'

/** The head of a page that is no flow: the name of the product, the pages, what can be done. */
export function PageHead({ page, children }: { readonly page: 'flows' | 'connect'; readonly children?: ReactNode }) {
  const { isLoginRequired, again } = useSession()
  return (
    <header className="page-head">
      <a className="brand" href="#/flows">
        Trunkline
      </a>
      <nav aria-label="Pages">
        <a href="#/flows" aria-current={page === 'flows' ? 'page' : undefined}>
          Flows
        </a>
        <a href="#/connect" aria-current={page === 'connect' ? 'page' : undefined}>
          Connect a number
        </a>
      </nav>
      <div className="page-actions">
        {isLoginRequired && (
          <button type="button" className="button" onClick={() => signOut().then(again)}>
            Sign out
          </button>
        )}
        {children}
      </div>
    </header>
  )
}
