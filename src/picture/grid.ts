/** The distance between two points of the canvas's grid. */
export const GRID = 10

/** A point of the grid, near this one. */
export function onGrid(value: number): number {
  return Math.round(value / GRID) * GRID
}
