/** kernspec mutants. */
export async function mutantsCommand(_: unknown): Promise<number> {
  throw new Error('not there yet');
}
