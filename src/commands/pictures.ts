/** What `render` can write. */
export const PICTURES = ['svg', 'mermaid'] as const
