import type { ReactNode } from 'react'

interface TableProps {
  readonly columns: readonly string[]
  /** A row each. */
  readonly children: ReactNode
}

/** A list with columns; on a small screen a card for each row, on which a cell with a `data-title` says what it is. */
export function Table({ columns, children }: TableProps) {
  return (
    <div className="table-frame">
      <table className="table">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}
