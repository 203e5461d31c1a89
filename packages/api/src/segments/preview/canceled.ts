const QUERY_CANCELED = '57014';

/** The database gave a statement up because it took longer than it was given. */
export function canceled(error: unknown): boolean {
  return (
    error instanceof Error && (('code' in error && error.code === QUERY_CANCELED) || canceled(error.cause))
  );
}
