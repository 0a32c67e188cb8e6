/** The widget a transition leads to, or nothing where the flow ends: empty, null and absent all mean that. */
export function leadsTo({ next }: { readonly next?: string | null | undefined }): string | undefined {
  return next || undefined
}
