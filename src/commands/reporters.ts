/** How a run of scenarios can be reported. */
export const REPORTERS = ['text', 'tap', 'junit'] as const
