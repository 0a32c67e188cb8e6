import type { Route } from '../route.ts'

export default function FlowPage({ route }: { readonly route: Extract<Route, { readonly page: 'flow' }> }) {
  return <main>{route.flow}</main>
}
