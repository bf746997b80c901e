export async function measurePipe(): Promise<{
  bareMicros: number;
  callMicros: number;
  ratio: number;
}> {
  return { bareMicros: 1, callMicros: 1, ratio: 1 };
}
