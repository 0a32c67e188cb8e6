/** A difference between two flows, as far as it matters to who calls or writes: where cards stand does not. */
export type Change =
  | { readonly kind: 'flow-changed'; readonly property: string; readonly before: unknown; readonly after: unknown }
  | { readonly kind: 'widget-added' | 'widget-removed'; readonly widget: string; readonly type: string }
  | { readonly kind: 'widget-renamed'; readonly widget: string; readonly before: string }
  | WidgetChange

/** A difference within one widget, by the name that it has now. */
export type WidgetChange = { readonly widget: string } & (
  | { readonly kind: 'type-changed'; readonly before: string; readonly after: string }
  | { readonly kind: 'property-changed'; readonly property: string; readonly before: unknown; readonly after: unknown }
  | ExitChange
)

/** A difference at an exit, by Studio's title of it. An exit that leads nowhere, or is not there, leads to undefined. */
export type ExitChange = { readonly exit: string } & (
  | { readonly kind: 'transition-moved'; readonly before: string | undefined; readonly after: string | undefined }
  | {
      readonly kind: 'branch-added' | 'branch-removed'
      readonly conditions: string
      readonly leadsTo: string | undefined
    }
  | { readonly kind: 'conditions-changed'; readonly before: string; readonly after: string }
  | { readonly kind: 'branch-shifted'; readonly before: number; readonly after: number }
)
