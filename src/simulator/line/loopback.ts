/** Hosts that are the machine itself: what must be encrypted elsewhere is only told of there. */
export const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/
