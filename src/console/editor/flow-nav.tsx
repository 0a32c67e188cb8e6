import { GitCommitVertical, type LucideIcon, Settings, Split, Waypoints } from 'lucide-react'
import { FLOW_VIEWS, type FlowRoute, type FlowView, flowHash } from '../route.ts'

/** The bar at the left: the views of a flow. */
export function FlowNav({ route }: { readonly route: FlowRoute }) {
  return (
    <nav className="flow-nav" aria-label="Views of the flow">
      {FLOW_VIEWS.map((view) => {
        const { title, Icon } = VIEWS[view]
        return (
          <a key={view} href={flowHash(route.flow, view)} aria-current={route.view === view ? 'page' : undefined}>
            <Icon size={18} aria-hidden />
            {title}
          </a>
        )
      })}
    </nav>
  )
}

const VIEWS: Record<FlowView, { readonly title: string; readonly Icon: LucideIcon }> = {
  canvas: { title: 'Canvas', Icon: Split },
  executions: { title: 'Executions', Icon: Waypoints },
  revisions: { title: 'Revisions', Icon: GitCommitVertical },
  settings: { title: 'Settings', Icon: Settings },
}
